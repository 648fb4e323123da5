/** The calls of a card, newest first, under the heading of their day. A recording plays where it stands. */
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { TimelineEntry } from '../../../server/api/messages';
import { useTimeline } from '../api/cards';
import type { CardPage } from '../api/keys';
import { useNameOf } from '../api/people';
import { ourSide } from '../calls/call-words';
import { DirectionMark } from '../calls/direction-mark';
import { Paged } from '../parts/paged';
import { Empty } from '../parts/states';
import { PlayToggle } from '../player/play-toggle';
import { useHeard } from '../player/use-heard';
import { Player } from '../player/player';
import { outcomeOf, outcomeWords } from '../text/cause-words';
import { t } from '../text/text';
import { clockTime, dayHeading, dayKey, duration, fullTime } from '../text/times';
import { linkTo, linkToCall } from './links';

export function Timeline({ kind, id }: { readonly kind: CardPage; readonly id: string }) {
  const list = useTimeline(kind, id);
  const [playing, setPlaying] = useState<string>();
  return (
    <section className="timeline" aria-label={t('timeline.title')}>
      <div className="timeline-head" aria-hidden="true">
        <span className="timeline-title">{t('timeline.title')}</span>
        <span className="entry-lengths">
          <span>{t('call.ring')}</span>
          <span>{t('call.talk')}</span>
          <span>{t('call.total')}</span>
        </span>
      </div>
      <Paged list={list} empty={<Empty title={t('timeline.none')}>{t('timeline.none-why')}</Empty>}>
        <ol className="timeline-list">
          {list.rows.map((entry, place) => (
            <Entry
              key={entry.call.id}
              entry={entry}
              startsDay={isOtherDay(entry.at, list.rows[place - 1]?.at)}
              isOpen={playing === entry.call.id}
              onToggle={() => setPlaying(playing === entry.call.id ? undefined : entry.call.id)}
            />
          ))}
        </ol>
        <More hasMore={list.query.hasNextPage} onSeen={list.fetchMore} />
      </Paged>
    </section>
  );
}

interface EntryProps {
  readonly entry: TimelineEntry;
  readonly startsDay: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

function Entry({ entry, startsDay, isOpen, onToggle }: EntryProps) {
  const { call } = entry;
  const outcome = outcomeOf(call);
  const message = call.messages?.[0];
  const recording = useHeard()(call);
  return (
    <li className="entry">
      {startsDay && <h3 className="entry-day">{dayHeading(entry.at)}</h3>}
      <div className={`entry-line entry-${outcome}`}>
        <DirectionMark call={call} outcome={outcome} />
        <Link className="entry-time num" to={linkToCall(call.id)} title={fullTime(entry.at)}>
          {clockTime(entry.at)}
        </Link>
        <Who entry={entry} />
        <span className={`entry-outcome outcome outcome-${outcome}`}>
          {message && <span className="kind kind-voicemail">{t('timeline.voicemail')}</span>}
          {!message && outcomeWords(call)}
        </span>
        <Lengths entry={entry} />
        <span className="entry-play">
          {recording && <PlayToggle isOpen={isOpen} onToggle={onToggle} recording={recording} />}
        </span>
      </div>
      <Written call={call} />
      {isOpen && recording && (
        <Player
          recording={recording}
          at={call.startedAt}
          playsAtOnce
          {...(message && call.messages?.length === 1 ? { stretch: message } : {})}
        />
      )}
    </li>
  );
}

/** How it turned out and what was noted, in one line; whole as a tooltip and under the call. */
function Written({ call: { note, outcomeName } }: Pick<TimelineEntry, 'call'>) {
  if (note === undefined && outcomeName === undefined) return null;
  return (
    <p className="entry-written" title={note}>
      {outcomeName && <span className="kind">{outcomeName}</span>}
      {note}
    </p>
  );
}

/** Our person and, on a company's card, whose call it was. */
function Who({ entry }: { readonly entry: TimelineEntry }) {
  const nameOf = useNameOf();
  const ours = ourSide(entry.call, nameOf);
  return (
    <span className="entry-who">
      {entry.person && (
        <Link className="entry-person" to={linkTo(entry.person.kind, entry.person.id)}>
          {entry.person.name}
        </Link>
      )}
      {ours !== '' && <span className={entry.person ? 'dim' : undefined}>{ours}</span>}
    </span>
  );
}

function Lengths({ entry }: { readonly entry: TimelineEntry }) {
  const { ringMs, talkMs, totalMs, endedAt } = entry.call;
  if (!endedAt) return <span className="entry-lengths" />;
  return (
    <span className="entry-lengths num">
      <span title={t('call.ring-is', { length: duration(ringMs) })}>{duration(ringMs)}</span>
      <span title={t('call.talk-is', { length: duration(talkMs) })}>{talkMs > 0 ? duration(talkMs) : '–'}</span>
      <span title={t('call.total-is', { length: duration(totalMs) })}>{duration(totalMs)}</span>
    </span>
  );
}

/** Asks for the next page when the end comes into sight. */
function More({ hasMore, onSeen }: { readonly hasMore: boolean; readonly onSeen: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!mark.current || !hasMore) return undefined;
    const observer = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && onSeen());
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [hasMore, onSeen]);
  return <div ref={mark} className="timeline-end" />;
}

const isOtherDay = (at: string, before: string | undefined): boolean =>
  before === undefined || dayKey(at) !== dayKey(before);
