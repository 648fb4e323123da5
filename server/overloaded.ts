/** No call more is begun: the service is full, or stops. */
import type { PbxView } from '../call-router/state/view';
import type { CommandProblem } from './api/commands';

export const overloaded = ({ draining, calls, limits }: PbxView): CommandProblem | undefined =>
  draining || calls.size >= limits.callsMax ? { kind: 'overloaded', retryAfterS: limits.retryAfterS } : undefined;
