/** What the installation warned of: who was stopped from calling out, wrong PINs, forbidden numbers, emergency calls. */
import { useState } from 'react';
import { Link } from 'react-router';
import type { Alarm } from '../../../server/api/messages';
import { useAlarms, useBlocks, useLiftAlarm, useLiftBlock } from '../api/desk';
import { useNameOf } from '../api/people';
import { problemWords } from '../api/problem';
import { linkToCall } from '../cards/links';
import { alarmWords } from '../frame/notice-words';
import { notify } from '../frame/notices';
import { PageHead } from '../frame/page-head';
import { Button } from '../parts/button';
import { Choice } from '../parts/filters';
import { Paged } from '../parts/paged';
import { Empty } from '../parts/states';
import { t } from '../text/text';
import { fullTime, listTime } from '../text/times';
import { TableScroll } from '../parts/table-scroll';

const refused = { onError: (error: unknown) => notify('failed', problemWords(error)) };

export default function Alarms() {
  const [isOpen, setOpen] = useState(true);
  const list = useAlarms(isOpen ? { open: true } : {});
  const empty = <Empty title={t('alarms.none')}>{t('alarms.none-why')}</Empty>;
  return (
    <>
      <PageHead title={t('alarms.title')}>
        <Choice
          label={t('alarms.which')}
          value={isOpen ? 'open' : 'all'}
          options={[
            { value: 'open', name: t('alarms.open') },
            { value: 'all', name: t('alarms.every') },
          ]}
          onChange={(value) => setOpen(value === 'open')}
        />
      </PageHead>
      <div className="page-body">
        <Blocks />
        <Paged list={list} empty={empty}>
          <TableScroll label={t('alarms.title')}>
            <table className="table" aria-label={t('alarms.title')}>
              <tbody>
                {list.rows.map((alarm) => (
                  <AlarmLine key={alarm.id} alarm={alarm} />
                ))}
              </tbody>
            </table>
          </TableScroll>
        </Paged>
      </div>
    </>
  );
}

/** People who may not call out until somebody lets them. */
function Blocks() {
  const blocks = useBlocks().data ?? [];
  const lift = useLiftBlock();
  if (blocks.length === 0) return null;
  return (
    <ul className="block-list" aria-label={t('alarms.blocked')}>
      {blocks.map(({ userId, name, since }) => (
        <li key={userId} className="block-line">
          <span>{t('alarms.blocked-since', { name, when: listTime(since) })}</span>
          <Button busy={lift.isPending} onClick={() => lift.mutate(userId, refused)}>
            {t('alarms.lift-block')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function AlarmLine({ alarm }: { readonly alarm: Alarm }) {
  const nameOf = useNameOf();
  const lift = useLiftAlarm();
  const lifter = nameOf(alarm.liftedByUserId);
  return (
    <tr>
      <td>
        <time className="num" title={fullTime(alarm.at)}>
          {listTime(alarm.at)}
        </time>
      </td>
      <td>{alarmWords(alarm.kind)}</td>
      <td>{nameOf(alarm.userId) ?? ''}</td>
      <td>{alarm.callId && <Link to={linkToCall(alarm.callId)}>{t('alarms.call')}</Link>}</td>
      <td className="table-action">
        {alarm.liftedAt === undefined ? (
          <Button busy={lift.isPending} onClick={() => lift.mutate(alarm.id, refused)}>
            {t('alarms.lift')}
          </Button>
        ) : (
          <span className="dim num">
            {lifter
              ? t('alarms.lifted-by', { name: lifter, when: listTime(alarm.liftedAt) })
              : t('alarms.lifted', { when: listTime(alarm.liftedAt) })}
          </span>
        )}
      </td>
    </tr>
  );
}
