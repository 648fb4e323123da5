/**
 * The phone at the right of the window (a sheet at the foot of a small screen): who rings with their card, the calls I am in, the field to
 * dial. Takes no room while there is none of it. The same for the headset and for my other phones.
 */
import { useEffect } from 'react';
import type { Me } from '../../../server/api/messages';
import { notify } from '../frame/notices';
import { useShortcuts } from '../frame/use-shortcuts';
import { phone } from '../phone/phone';
import { t } from '../text/text';
import { AfterCall, useAfterCall } from './after-call';
import { DialForm } from './dial-form';
import { useDialPlace, toggleDial } from './dial-place';
import { isWaiting } from './desk-calls';
import { IncomingCall } from './incoming-call';
import { newsWords } from './phone-words';
import { PhoneTrouble } from './phone-trouble';
import { Talk } from './talk';
import { useAlerts } from './use-alerts';
import { useCallKeys } from './use-call-keys';
import { useDeskCalls } from './use-phone';

export function PhonePanel({ me }: { readonly me: Me }) {
  const calls = useDeskCalls();
  const dial = useDialPlace();
  const after = useAfterCall(calls);
  const incoming = calls.filter(({ stage }) => stage === 'incoming');
  const talks = calls.filter(({ stage }) => stage !== 'incoming');
  useAlerts(incoming);
  useCallKeys(calls);
  useShortcuts({ 'phone-dial': toggleDial });
  useEffect(
    () => phone.hearNews((news) => notify(news.kind === 'microphone-changed' ? 'done' : 'failed', newsWords(news))),
    [],
  );
  const isThere = calls.length > 0 || dial.isOpen || after !== undefined;
  if (!isThere || me.id === undefined) return null;
  return (
    <aside className="phone-panel" aria-label={t('phone.label')}>
      <PhoneTrouble />
      {incoming.length > 0 && (
        <section aria-label={t('phone.incoming')}>
          <ul className="phone-calls">
            {incoming.map((call) => (
              <IncomingCall key={call.key} call={call} isSecond={talks.length > 0} />
            ))}
          </ul>
        </section>
      )}
      {talks.length > 0 && (
        <section aria-label={t('calls.live-mine')}>
          <ul className="phone-calls">
            {talks.map((call) => (
              <Talk key={call.key} call={call} isAside={call !== talks[0] && isWaiting(call)} />
            ))}
          </ul>
        </section>
      )}
      {after !== undefined && talks.length === 0 && <AfterCall key={after.live.id} ended={after} />}
      {dial.isOpen && <DialForm userId={me.id} />}
    </aside>
  );
}
