/** The legs of a call: each far end we talked to, how its part ended, and the quality of its audio. */
import type { Call } from '../../../server/api/messages';
import { useNameOf } from '../api/people';
import { causeWords } from '../text/cause-words';
import { t } from '../text/text';
import { clockTime, duration } from '../text/times';
import { TableScroll } from '../parts/table-scroll';

type Leg = Call['legs'][number];

export function Legs({ call }: { readonly call: Call }) {
  if (call.legs.length === 0) return null;
  return (
    <section className="legs">
      <h2 className="section-title">{t('legs.title')}</h2>
      <TableScroll label={t('legs.title')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('legs.end')}</th>
              <th scope="col">{t('call.when')}</th>
              <th scope="col">{t('call.talk')}</th>
              <th scope="col">{t('call.end')}</th>
              <th scope="col">{t('legs.loss')}</th>
              <th scope="col">{t('legs.jitter')}</th>
              <th scope="col">{t('legs.codec')}</th>
            </tr>
          </thead>
          <tbody>
            {call.legs.map((leg) => (
              <LegLine key={leg.id} leg={leg} />
            ))}
          </tbody>
        </table>
      </TableScroll>
    </section>
  );
}

function LegLine({ leg }: { readonly leg: Leg }) {
  const nameOf = useNameOf();
  const { quality } = leg;
  const who = leg.kind === 'trunk' ? t('legs.trunk') : (nameOf(leg.userId) ?? t('legs.device'));
  const talkMs = leg.answeredAt && leg.endedAt ? Date.parse(leg.endedAt) - Date.parse(leg.answeredAt) : 0;
  return (
    <tr>
      <td>{who}</td>
      <td className="num">{clockTime(leg.startedAt)}</td>
      <td className="num">{talkMs > 0 ? duration(talkMs) : '–'}</td>
      <td>
        {leg.cause ? causeWords(leg.cause) : ''} {leg.sipStatus && <span className="dim num">SIP {leg.sipStatus}</span>}
      </td>
      <td className="num">{quality ? percent(quality.receivedLossRatio) : '–'}</td>
      <td className="num">{quality ? `${quality.receivedJitterMs.toFixed(1)} ms` : '–'}</td>
      <td>{quality?.codec ?? '–'}</td>
    </tr>
  );
}

const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`;
