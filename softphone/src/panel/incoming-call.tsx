/** Somebody rings: their card before it is answered, and the keys to answer or decline. */
import { useMe } from '../api/me';
import { shownNumber } from '../text/phone-number';
import { useNameOf } from '../api/people';
import { Button } from '../parts/button';
import { t } from '../text/text';
import { CallHead } from './call-head';
import { ClientFacts } from './client-facts';
import type { DeskCall } from './desk-calls';
import { otherEnd } from './other-end';
import { useRun } from './use-run';

interface IncomingCallProps {
  readonly call: DeskCall;
  /** I talk already: taking it holds that one. */
  readonly isSecond: boolean;
}

export function IncomingCall({ call, isSecond }: IncomingCallProps) {
  const { keys, end, run, isPending } = useRun(call);
  const answer = keys.find(({ name }) => name === 'answer');
  const { name } = otherEnd(call, useMe().data?.id, useNameOf());
  return (
    <li className="pcall pcall-incoming">
      <div className="pcall-half">
        <CallHead call={call} />
        <Called call={call} />
      </div>
      <div className="pcall-half">
        <ClientFacts callId={call.live?.id ?? call.headset?.callId} />
        <div className="pcall-buttons">
          {answer && (
            <Button
              look="main"
              icon="calls"
              busy={isPending}
              aria-label={t('phone.answer-named', { name })}
              onClick={() => run(answer)}
            >
              {t(isSecond ? 'phone.hold-and-answer' : 'command.answer')}
            </Button>
          )}
          {!answer && call.headset === undefined && <p className="dim pcall-note">{t('phone.pick-up')}</p>}
          {call.headset?.state.in === 'answering' && <p className="dim pcall-note">{t('phone.answering')}</p>}
          {end && (
            <Button busy={isPending} icon="hang-up" onClick={() => run(end)}>
              {t('command.decline')}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

/** Which of our numbers they called. */
function Called({ call: { live } }: { readonly call: DeskCall }) {
  if (live === undefined || live.direction !== 'inbound') return null;
  const number = live.callee.number ?? live.callee.typed;
  return number === '' ? null : (
    <p className="dim pcall-called">{t('phone.called', { number: shownNumber(number) })}</p>
  );
}
