/** Recordings and their calls in the database: as each is finished, and after a crash by the sidecars (DESIGN section 5). */
import type { RecordingEvent } from '../call-router/event';
import type { Database } from '../prisma/database';
import type { RecoveredRecording } from '../recordings/messages';
import type { Log } from './log';

type Finished = Extract<RecordingEvent, { readonly type: 'recording-finished' }>;

/** Notes a finished recording; an empty one (nobody spoke a packet) leaves none. */
export function saveFinished(database: Database, log: Log, event: Finished): void {
  const { call, durationMs, sizeBytes, leftRmsDb, rightRmsDb, incomplete } = event;
  const levels = {
    ...(leftRmsDb === undefined ? {} : { leftRmsDb }),
    ...(rightRmsDb === undefined ? {} : { rightRmsDb }),
  };
  const state = incomplete ? 'incomplete' : 'finished';
  database.calls
    .ask('save-recording', { callId: call, state, durationMs, sizeBytes, ...levels })
    .catch((error: unknown) => {
      // The sidecar stays until the database has it: the next start links it.
      log.error({ error, call }, 'a finished recording could not be noted');
    });
}

/** Links what a crash left; answers how many. */
export async function linkRecovered(database: Database, found: readonly RecoveredRecording[]): Promise<number> {
  for (const { call, sidecar, durationMs, sizeBytes, incomplete } of found) {
    await database.calls.ask('save-recovered', { callId: call, sidecar, durationMs, sizeBytes, incomplete });
  }
  return found.length;
}
