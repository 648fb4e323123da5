/** One call: who, when, how long, how it ended, its recording, and each leg with what its audio was like. */
import { Link, useParams } from 'react-router';
import type { Call } from '../../../server/api/messages';
import { useCall } from '../api/calls';
import { useNameOf } from '../api/people';
import { clientName, clientNumber, directionWords, ourSide } from '../calls/call-words';
import { Legs } from '../calls/legs';
import { Fact } from '../cards/card-frame';
import { linkTo } from '../cards/links';
import { useWindowTitle } from '../frame/page-head';
import { Failed, Loading } from '../parts/states';
import { CallNote } from '../panel/call-note';
import { Player } from '../player/player';
import { useHeard } from '../player/use-heard';
import { outcomeOf, outcomeWords } from '../text/cause-words';
import { t } from '../text/text';
import { duration, fullTime } from '../text/times';

export default function CallPage() {
  const { id = '' } = useParams();
  const call = useCall(id);
  if (call.isPending) return <Loading />;
  if (!call.data) return <Failed error={call.error} retry={() => void call.refetch()} />;
  return <Loaded call={call.data} />;
}

function Loaded({ call }: { readonly call: Call }) {
  const nameOf = useNameOf();
  const recording = useHeard()(call);
  const name = clientName(call, nameOf);
  useWindowTitle(t('call.with', { name }));
  return (
    <article className="card">
      <header className="card-head">
        <div className="card-top">
          <span className="kind kind-call">{t(directionWords[call.direction])}</span>
          <h1 className="card-name">
            {call.card ? <Link to={linkTo(call.card.kind, call.card.id)}>{name}</Link> : name}
          </h1>
        </div>
        <CallFacts call={call} />
      </header>
      <div className="call-body">
        {recording && <Player recording={recording} at={call.startedAt} />}
        <OtherCards call={call} />
        <section className="call-written" aria-label={t('phone.note')}>
          <CallNote key={call.id} callId={call.id} />
        </section>
        <Legs call={call} />
      </div>
    </article>
  );
}

function CallFacts({ call }: { readonly call: Call }) {
  const nameOf = useNameOf();
  const outcome = outcomeOf(call);
  return (
    <dl className="facts">
      <Fact name={t('card.phone')}>
        <span className="num">{clientNumber(call) ?? t('call.withheld')}</span>
      </Fact>
      <Fact name={t('call.person')}>{ourSide(call, nameOf) || '–'}</Fact>
      <Fact name={t('call.when')}>{fullTime(call.startedAt)}</Fact>
      <Fact name={t('call.end')}>
        <span className={`outcome outcome-${outcome}`}>{outcomeWords(call)}</span>
      </Fact>
      {call.endedAt && (
        <>
          <Fact name={t('call.ring')}>{duration(call.ringMs)}</Fact>
          <Fact name={t('call.talk')}>{duration(call.talkMs)}</Fact>
          <Fact name={t('call.total')}>{duration(call.totalMs)}</Fact>
        </>
      )}
      {call.fault && call.fault !== 'nobody' && <Fact name={t('call.fault')}>{t(`fault.${call.fault}`)}</Fact>}
    </dl>
  );
}

/** Other cards with the same number. */
function OtherCards({ call }: { readonly call: Call }) {
  if (call.otherCards.length === 0) return null;
  return (
    <p className="card-note">
      {t('call.other-cards')}{' '}
      {call.otherCards.map((card, place) => (
        <span key={card.id}>
          {place > 0 && ', '}
          <Link to={linkTo(card.kind, card.id)}>{card.name}</Link>
        </span>
      ))}
    </p>
  );
}
