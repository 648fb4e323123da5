/** What the files of this folder share on the main side: the legs, the workers, the way back to the switchboard. */
import type { MediaEvent } from '../call-router/event';
import type { CallId, EpochMs } from '../call-router/values/ids';
import type { EngineThread } from './engine-thread';
import type { Legs } from './legs';
import type { OwnPorts } from './own-ports';

export interface MediaContext {
  readonly legs: Legs;
  readonly post: (event: MediaEvent) => void;
  readonly now: () => EpochMs;
  /** Which of our addresses a far end at this host is told. */
  readonly addressTowards: (host: string) => string;
  readonly bindAddress: string;
  readonly bindAddress6: string;
  readonly ownPorts: OwnPorts;
  readonly threadForNewCall: () => EngineThread;
  /** Where calls are recorded: a recording stays on its worker though its legs are gone. */
  readonly recordings: Map<CallId, EngineThread>;
}
