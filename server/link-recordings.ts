/**
 * Recordings and their calls in the database: as each is finished, and after a crash by the sidecars (DESIGN section 5). What
 * the database refuses is tried again without end; only what it has may leave `live/`, where a restart would look for it.
 */
import type { RecordingEvent } from '../call-router/event';
import type { CallId } from '../call-router/values/ids';
import type { Database } from '../prisma/database';
import type { CallOperations } from '../prisma/operations';
import { UnsavedWrites } from '../prisma/unsaved-writes';
import type { RecoveredRecording } from '../recordings/messages';
import type { Clock } from './clock';
import type { Log } from './log';

type Finished = Extract<RecordingEvent, { readonly type: 'recording-finished' }>;
type Link =
  | {
      readonly op: 'save-recording';
      readonly call: CallId;
      readonly request: CallOperations['save-recording']['request'];
    }
  | {
      readonly op: 'save-recovered';
      readonly call: CallId;
      readonly request: CallOperations['save-recovered']['request'];
    };

export interface LinkingParts {
  readonly calls: Database['calls'];
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** The database has it: it may move to its shelf. */
  readonly linked: (call: CallId) => void;
}

export interface RecordingLinks {
  /** An empty one (nobody spoke a packet) is noted too, and shown nowhere. */
  readonly finished: (event: Finished) => void;
  /** Links what a crash left; resolves after the first try of each. What failed then is tried again beside the calls. */
  readonly recovered: (found: readonly RecoveredRecording[]) => Promise<void>;
  readonly isFailing: () => boolean;
  /** At the stop: one last try. What is left lies in `live/` for the next start. */
  readonly flush: () => Promise<void>;
}

/** So many recovered recordings are asked for at once: they become one transaction. */
const recoveredAtOnce = 200;

export function recordingLinks({ calls, clock, log, linked }: LinkingParts): RecordingLinks {
  const unsaved = new UnsavedWrites<Link>({
    save: async (link) => {
      if (link.op === 'save-recording') await calls.ask('save-recording', link.request);
      else await calls.ask('save-recovered', link.request);
      linked(link.call);
    },
    clock,
    waits: (call, error) => log.warn({ call, error }, 'a recording waits to be linked'),
    lost: (call) => log.error({ call }, 'a recording is linked by the next start only'),
  });
  const put = (link: Link): Promise<void> => unsaved.put(link.call, link);
  return {
    finished: (event) => void put(finishedLink(event)),
    async recovered(found) {
      for (let first = 0; first < found.length; first += recoveredAtOnce)
        await Promise.all(found.slice(first, first + recoveredAtOnce).map((one) => put(recoveredLink(one))));
    },
    isFailing: () => unsaved.isFailing(),
    async flush() {
      const recordings = await unsaved.flush();
      if (recordings > 0) log.warn({ recordings }, 'recordings are left for the next start to link');
    },
  };
}

function finishedLink({ call, durationMs, sizeBytes, leftRmsDb, rightRmsDb, incomplete }: Finished): Link {
  const levels = {
    ...(leftRmsDb === undefined ? {} : { leftRmsDb }),
    ...(rightRmsDb === undefined ? {} : { rightRmsDb }),
  };
  const state = incomplete ? 'incomplete' : 'finished';
  return { op: 'save-recording', call, request: { callId: call, state, durationMs, sizeBytes, ...levels } };
}

function recoveredLink(found: RecoveredRecording): Link {
  const { call, wasCut: _, ...file } = found;
  return { op: 'save-recovered', call, request: { callId: call, ...file } };
}
