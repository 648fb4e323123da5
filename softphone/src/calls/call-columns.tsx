/** The columns of the list of calls. */
import type { Call } from '../../../server/api/messages';
import { useNameOf } from '../api/people';
import type { Column } from '../parts/data-list';
import { PlayToggle } from '../player/play-toggle';
import { useHeard } from '../player/use-heard';
import { outcomeOf, outcomeWords } from '../text/cause-words';
import { t } from '../text/text';
import { duration, fullTime, listTime } from '../text/times';
import { clientName, clientNumber, ourSide } from './call-words';
import { DirectionMark } from './direction-mark';

type NameOf = (userId: string | undefined) => string | undefined;

/** `playing`: the call whose player is open. */
export function useCallColumns(playing: string | undefined, toggle: (id: string) => void): readonly Column<Call>[] {
  return [...whoColumns(useNameOf()), ...lengthColumns(), playColumn(useHeard(), { playing, toggle }), whenColumn()];
}

function whoColumns(nameOf: NameOf): readonly Column<Call>[] {
  return [
    {
      key: 'direction',
      head: '',
      track: '1.25rem',
      narrow: 'icon',
      show: (call) => <DirectionMark call={call} outcome={outcomeOf(call)} />,
    },
    {
      key: 'client',
      head: t('call.client'),
      track: 'minmax(0, 2.4fr)',
      narrow: 'title',
      show: (call) => clientName(call, nameOf),
    },
    {
      key: 'number',
      head: t('card.phone'),
      track: 'minmax(0, 9.5rem)',
      narrow: 'none',
      wideOnly: true,
      show: (call) => <span className="num dim">{clientNumber(call)}</span>,
    },
    {
      key: 'ours',
      head: t('call.person'),
      track: 'minmax(0, 1.6fr)',
      narrow: 'none',
      show: (call) => ourSide(call, nameOf),
    },
    { key: 'outcome', head: t('call.end'), track: 'minmax(0, 1.8fr)', narrow: 'sub', show: showOutcome },
  ];
}

/** How it ended and what came of it. A phone's row has no column of its own for how long it was. */
function showOutcome(call: Call) {
  return (
    <span className={`outcome outcome-${outcomeOf(call)}`}>
      {outcomeWords(call)}
      {call.talkMs > 0 && <span className="narrow-only num"> · {duration(call.talkMs)}</span>}
      {call.outcomeName && <span title={call.outcomeName}> · {call.outcomeName}</span>}
    </span>
  );
}

function lengthColumns(): readonly Column<Call>[] {
  return [
    {
      key: 'ring',
      head: t('call.ring'),
      track: '3rem',
      narrow: 'none',
      wideOnly: true,
      align: 'end',
      show: (call) => <span className="num dim">{duration(call.ringMs)}</span>,
    },
    {
      key: 'talk',
      head: t('call.talk'),
      track: '3.5rem',
      narrow: 'none',
      align: 'end',
      show: (call) => <span className="num">{call.talkMs > 0 ? duration(call.talkMs) : ''}</span>,
    },
  ];
}

interface Playing {
  readonly playing: string | undefined;
  readonly toggle: (id: string) => void;
}

function playColumn(heard: ReturnType<typeof useHeard>, { playing, toggle }: Playing): Column<Call> {
  return {
    key: 'play',
    head: '',
    track: '2rem',
    narrow: 'sub-side',
    align: 'end',
    show: (call) => {
      const recording = heard(call);
      return (
        recording && <PlayToggle isOpen={playing === call.id} onToggle={() => toggle(call.id)} recording={recording} />
      );
    },
  };
}

function whenColumn(): Column<Call> {
  return {
    key: 'when',
    head: t('call.when'),
    track: 'minmax(0, 9.5rem)',
    narrow: 'side',
    align: 'end',
    show: (call) => <time title={fullTime(call.startedAt)}>{listTime(call.startedAt)}</time>,
  };
}
