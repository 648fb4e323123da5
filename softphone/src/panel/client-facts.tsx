/** What is known of the client of a call: company, open deals and leads, the last calls with their notes, who is responsible. */
import { Link } from 'react-router';
import type { CallCard } from '../../../server/api/desk-messages';
import { useCallCard } from '../api/desk-news';
import { useFeature } from '../api/me';
import { useNameOf } from '../api/people';
import { directionIcon } from '../calls/call-words';
import { linkTo, linkToCall } from '../cards/links';
import { Icon } from '../parts/icon';
import { t } from '../text/text';
import { listTime } from '../text/times';
import { NewLead } from './new-lead';

/** @param callId undefined: nothing is known of it yet. */
export function ClientFacts({ callId }: { readonly callId: string | undefined }) {
  const card = useCallCard(callId);
  const hasDeals = useFeature('deals');
  if (card === undefined) return null;
  if (card.isNew && card.card.kind === 'lead') return <NewLead card={card} />;
  const deals = hasDeals ? card.openDeals : [];
  return (
    <div className="client-facts">
      <Standing card={card} />
      {[
        ...deals.map((deal) => ({ ...deal, kind: 'deal' as const })),
        ...card.openLeads.map((lead) => ({ ...lead, kind: 'lead' as const })),
      ].map(({ id, kind, title, ...more }) => (
        <p key={id} className="fact-line">
          <span className={`kind kind-${kind}`}>{t(`kind.${kind}`)}</span>
          <Link to={linkTo(kind, id)}>{title}</Link>
          {'stage' in more && <span className="dim">{more.stage}</span>}
        </p>
      ))}
      <LastCalls card={card} />
      {card.notes && <p className="fact-notes">{card.notes}</p>}
    </div>
  );
}

function Standing({ card: { companyName, responsibleUserId } }: { readonly card: CallCard }) {
  const responsible = useNameOf()(responsibleUserId);
  if (companyName === undefined && responsible === undefined) return null;
  return (
    <p className="fact-line">
      {companyName && <strong>{companyName}</strong>}
      {responsible && <span className="dim">{t('phone.responsible', { name: responsible })}</span>}
    </p>
  );
}

function LastCalls({ card: { lastCalls } }: { readonly card: CallCard }) {
  const nameOf = useNameOf();
  if (lastCalls.length === 0) return null;
  return (
    <ul className="fact-calls" aria-label={t('phone.last-calls')}>
      {lastCalls.map((call) => (
        <li key={call.id} className={call.answered ? '' : 'fact-missed'}>
          <Icon name={directionIcon[call.direction]} />
          <Link className="num" to={linkToCall(call.id)}>
            {listTime(call.startedAt)}
          </Link>
          <span className="fact-call-words">
            {[nameOf(call.userId), call.outcomeName, call.note]
              .filter((words) => words !== undefined && words !== '')
              .join(' · ') || t(call.answered ? 'outcome.talked' : 'outcome.missed')}
          </span>
        </li>
      ))}
    </ul>
  );
}
