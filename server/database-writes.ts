/**
 * Whose desk an answer of the database concerns: after these writes something waits for them, or waits no more. The writes
 * themselves are made where they were; this only listens.
 */
import type { CallRecord } from '../call-router/values/cdr';
import type { Database } from '../prisma/database';
import type { CallOperations, ReadingOperations } from '../prisma/operations';
import type { Ask, Operations } from '../prisma/thread-messages';

/** `who-missed`: whoever has missed calls that nobody answered yet; the client of one of them may have been reached. */
export type Concerned = 'everybody' | 'who-missed' | readonly string[];

type Concerns<Ops extends Operations<Ops>> = {
  readonly [Op in keyof Ops]?: (request: Ops[Op]['request']) => Concerned;
};

const inCalls: Concerns<CallOperations> = {
  'save-call': whoseBadge,
  'save-message': () => 'everybody',
  'mark-message': () => 'everybody',
  'save-alarm': () => 'everybody',
};
const inReading: Concerns<ReadingOperations> = {
  'change-message': () => 'everybody',
  'read-notice': ({ viewer }) => [viewer.userId],
  'assign-lead': ({ notify }) => notify,
};

/** The record is written more than once; until it says who missed the call or who was reached it concerns nobody. */
function whoseBadge({ missedBy, answeredAt, endedAt }: CallRecord): Concerned {
  if (endedAt !== undefined && missedBy !== undefined) return missedBy;
  return answeredAt === undefined ? [] : 'who-missed';
}

export interface WatchedDatabase {
  readonly database: Database;
  /** Calls `listener` after each write that concerns somebody. */
  readonly onWrite: (listener: (concerned: Concerned) => void) => void;
}

/** The same database, which tells what was written. */
export function watchWrites(database: Database): WatchedDatabase {
  const listeners: ((concerned: Concerned) => void)[] = [];
  const wrote = (concerned: Concerned): void => {
    for (const listener of listeners) listener(concerned);
  };
  return {
    database: {
      ...database,
      calls: { ask: watched<CallOperations>(database.calls.ask, inCalls, wrote) },
      reading: { ask: watched<ReadingOperations>(database.reading.ask, inReading, wrote) },
    },
    onWrite: (listener) => void listeners.push(listener),
  };
}

/** What is not among the concerns goes through untouched. */
function watched<Ops extends Operations<Ops>>(
  ask: Ask<Ops>,
  concerns: Concerns<Ops>,
  wrote: (concerned: Concerned) => void,
): Ask<Ops> {
  return (op, request) => {
    const answer = ask(op, request);
    const concernedBy = concerns[op];
    if (concernedBy === undefined) return answer;
    return answer.then((value) => {
      const concerned = concernedBy(request);
      if (concerned.length > 0) wrote(concerned);
      return value;
    });
  };
}
