/** A call as a line of a table. Pure: names and words are handed in. */
import { localTime } from '../../call-router/values/hours';
import { epochMs } from '../../call-router/values/ids';
import type { CallRow } from '../../prisma/records';
import type { CallOutcome, CallTableWords } from './call-table-words';

export interface TableNames {
  readonly person: (userId: string | undefined) => string;
  readonly number: (numberId: string | undefined) => string;
}

export interface CallTable {
  readonly words: CallTableWords;
  readonly names: TableNames;
  /** IANA zone of the times. */
  readonly zone: string;
}

export function callCells(call: CallRow, { words, names, zone }: CallTable): readonly (string | number)[] {
  const { direction, caller, callee } = call;
  const client = direction === 'outbound' ? callee : caller;
  return [
    clockTime(call.startedAt, zone),
    words.directions[direction],
    call.endedAt === undefined ? '' : words.outcomes[outcomeOf(call)],
    call.card?.name ?? (direction === 'outbound' ? '' : (caller.name ?? '')),
    client.number ?? client.typed,
    names.person(call.answeredByUserId ?? (direction === 'inbound' ? undefined : caller.userId)),
    call.rangUserIds.map(names.person).join(', '),
    names.number(call.numberId),
    seconds(call.ringMs),
    seconds(call.talkMs),
    call.cause ?? '',
    call.outcomeName ?? '',
    call.note ?? '',
    call.id,
  ];
}

const seconds = (ms: number): number => Math.round(ms / 1000);

/** `2026-11-23 09:05:07` on the clock of the zone: a spreadsheet reads it as a moment. */
export function clockTime(iso: string, zone: string): string {
  const at = Date.parse(iso);
  const { date, minutes } = localTime(epochMs(at), zone);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(new Date(at).getUTCSeconds())}`;
}

const nobodyTookIt: ReadonlySet<string> = new Set([
  'caller-gave-up',
  'busy',
  'no-answer',
  'rejected',
  'unreachable',
  'ended-by-route',
]);

function outcomeOf({ answeredAt, messages = [], cause, direction }: CallRow): CallOutcome {
  if (messages.length > 0) return 'voicemail';
  if (answeredAt !== undefined) return 'answered';
  return direction === 'inbound' && nobodyTookIt.has(cause ?? '') ? 'missed' : 'failed';
}
