/** Passes a call on, talking first or at once, or brings somebody into it. Colleagues show how they stand. */
import { type FormEvent, useState } from 'react';
import type { LiveCall } from '../../../server/api/messages';
import { useSendCommand } from '../api/call-commands';
import { TargetField } from '../calls/target-field';
import { Button, IconButton } from '../parts/button';
import { FormProblem } from '../parts/states';
import { t } from '../text/text';
import { dialable, isDialable } from './dialable';
import type { Asked } from './use-run';

interface PassOnProps {
  readonly call: LiveCall;
  readonly asked: Asked;
  readonly onDone: () => void;
}

export function PassOn({ call, asked, onDone }: PassOnProps) {
  const [typed, type] = useState('');
  const send = useSendCommand();
  const to = dialable(typed);
  const isReady = isDialable(typed);
  const run = (path: string, body: object) => send.mutate({ callId: call.id, path, body }, { onSuccess: onDone });
  const { legId } = asked;
  const first = () =>
    asked.name === 'add' ? run('conference', { add: to }) : run('transfer', { legId, to, kind: 'announced' });
  const submitted = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !send.isPending) first();
  };
  return (
    <form className="pass-on" onSubmit={submitted}>
      <TargetField label={t('ask.target')} typed={typed} onType={type} />
      <FormProblem error={send.error} />
      <div className="form-buttons">
        <IconButton icon="close" label={t('action.cancel')} onClick={onDone} />
        {asked.name === 'transfer' && (
          <Button
            busy={send.isPending}
            disabled={!isReady}
            onClick={() => run('transfer', { legId, to, kind: 'blind' })}
          >
            {t('ask.blind')}
          </Button>
        )}
        <Button type="submit" look="main" busy={send.isPending} disabled={!isReady}>
          {t(asked.name === 'transfer' ? 'ask.announced' : 'command.add')}
        </Button>
      </div>
    </form>
  );
}
