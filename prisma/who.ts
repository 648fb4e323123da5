/** Who asks: what a person may see follows from it. And what a recovered recording says of itself. */
import type { RecordingSidecar } from '../call-router/effect';
import type { Role } from './records';

/**
 * An operator sees their own calls (made, answered or rung) and clients (responsible for, or in one of those calls), and those
 * of the groups they head; a manager and an administrator all. `system`: the process itself.
 */
export interface Viewer {
  readonly userId: string;
  readonly role: Role | 'system';
  /** Of groups this person is the head of: their calls and clients are seen and heard as one's own. */
  readonly members?: readonly string[];
}

/** In whose name an operator looks: their own, and their group's. */
export const seenAs = ({ userId, members = [] }: Viewer): readonly string[] => [...new Set([userId, ...members])];

export interface RecordedCard {
  readonly callId: string;
  readonly sidecar: RecordingSidecar;
  readonly durationMs: number;
  readonly sizeBytes: number;
  readonly leftRmsDb?: number;
  readonly rightRmsDb?: number;
  readonly incomplete: boolean;
}
