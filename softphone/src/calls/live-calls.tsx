/** The calls that go on now, above the list: who with whom, ringing or talking and for how long. */
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { LiveCall } from '../../../server/api/messages';
import { useLiveCalls } from '../api/calls';
import { useNameOf } from '../api/people';
import { linkTo, linkToCall } from '../cards/links';
import { every, now } from '../clock';
import { t } from '../text/text';
import { duration } from '../text/times';
import { clientName, clientNumber, ourSide } from './call-words';
import { DirectionMark } from './direction-mark';

export function LiveCalls() {
  const calls = useLiveCalls().data?.filter((call) => call.state !== 'ended') ?? [];
  if (calls.length === 0) return null;
  return (
    <section className="live" aria-label={t('calls.live')}>
      <h2 className="live-title">{t('calls.live-count', { count: calls.length })}</h2>
      <ul className="live-list">
        {calls.map((call) => (
          <LiveLine key={call.id} call={call} />
        ))}
      </ul>
    </section>
  );
}

function LiveLine({ call }: { readonly call: LiveCall }) {
  const nameOf = useNameOf();
  const outcome = call.state === 'talking' ? 'talking' : 'ringing';
  const name = clientName(call, nameOf);
  const number = clientNumber(call);
  return (
    <li className="live-line">
      <DirectionMark call={call} outcome={outcome} />
      <Link className="live-name" to={call.card ? linkTo(call.card.kind, call.card.id) : linkToCall(call.id)}>
        {name}
      </Link>
      {number !== name && <span className="num dim">{number}</span>}
      <span className="live-ours">{ourSide(call, nameOf)}</span>
      {call.recording === 'running' && <span className="rec">{t('recording.running')}</span>}
      <span className={`live-state live-${outcome}`}>{t(`outcome.${outcome}`)}</span>
      <Ticking since={call.answeredAt ?? call.startedAt} />
    </li>
  );
}

function Ticking({ since }: { readonly since: string }) {
  const [at, setAt] = useState(now);
  useEffect(() => every(1_000, () => setAt(now())), []);
  return <span className="num live-time">{duration(at - Date.parse(since))}</span>;
}
