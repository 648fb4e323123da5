/** Asks to whom a call is passed on, who is to be added, or which digits are to be pressed. */
import { type FormEvent, useState } from 'react';
import type { LiveCall } from '../../../server/api/messages';
import { useSendCommand } from '../api/call-commands';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { InputField } from '../parts/field';
import { FormProblem } from '../parts/states';
import { t } from '../text/text';
import type { Command } from './commands';
import { TargetField } from './target-field';

interface AskDialogProps {
  readonly call: LiveCall;
  readonly asking: Extract<Command, { readonly kind: 'asks' }>;
  /** Of the client. */
  readonly name: string;
  readonly onClose: () => void;
}

export function AskDialog({ call, asking, name, onClose }: AskDialogProps) {
  const [typed, type] = useState('');
  const send = useSendCommand();
  const run = (path: string, body: object) =>
    send.mutate({ callId: call.id, path, body }, { onSuccess: () => asking.name !== 'digits' && onClose() });
  const { legId } = asking;
  const ask: Readonly<Record<typeof asking.name, () => void>> = {
    transfer: () => run('transfer', { legId, to: typed, kind: 'announced' }),
    add: () => run('conference', { add: typed }),
    digits: () => run('digits', { legId, digits: typed }),
  };
  const submitted = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== '') ask[asking.name]();
  };
  return (
    <Dialog title={t(`ask.${asking.name}`, { name })} onClose={onClose}>
      <form className="form" onSubmit={submitted}>
        {asking.name === 'digits' ? (
          <Digits typed={typed} onType={type} />
        ) : (
          <TargetField label={t('ask.target')} typed={typed} onType={type} />
        )}
        <FormProblem error={send.error} />
        <div className="form-buttons">
          {asking.name === 'transfer' && (
            <Button
              busy={send.isPending}
              disabled={typed === ''}
              onClick={() => run('transfer', { legId, to: typed, kind: 'blind' })}
            >
              {t('ask.blind')}
            </Button>
          )}
          <Button type="submit" look="main" busy={send.isPending} disabled={typed === ''}>
            {t(asking.name === 'transfer' ? 'ask.announced' : `command.${asking.name}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Digits({ typed, onType }: { readonly typed: string; readonly onType: (typed: string) => void }) {
  return (
    <InputField
      label={t('ask.digits-label')}
      hint={t('ask.digits-rule')}
      value={typed}
      inputMode="tel"
      autoComplete="off"
      maxLength={32}
      autoFocus
      onChange={(event) => onType(event.target.value.toUpperCase().replace(/[^0-9A-D*#]/g, ''))}
    />
  );
}
