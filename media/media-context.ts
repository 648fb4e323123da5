/** What the files of this folder share on the main side: the legs, the workers, the way back to the switchboard. */
import type { MediaEvent } from '../call-router/event';
import type { CallId, EpochMs, LegId } from '../call-router/values/ids';
import type { BrowserSides } from './browser-sides';
import type { EngineThread } from './engine-thread';
import type { Legs } from './legs';
import type { OwnPorts } from './own-ports';
import type { Sounds } from './sounds';
import type { WebrtcWorkers } from './webrtc-workers';

export interface MediaContext {
  readonly legs: Legs;
  /** mediasoup's halves of legs towards browsers. */
  readonly browsers: BrowserSides;
  readonly webrtc: WebrtcWorkers;
  /** Something of ours broke: to be logged; the events tell the rest. */
  readonly failed: (error: Error) => void;
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
  readonly sounds: Sounds;
  /** Where a call's recording may lie. */
  readonly recordingFiles: (call: CallId) => readonly string[];
  /** Legs that hear sounds as soon as those were read: the last that was wanted of each. */
  readonly soundsAwaited: Map<LegId, Promise<unknown>>;
}
