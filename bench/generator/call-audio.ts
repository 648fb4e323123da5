/** What the ends of a call say: when it counts as heard, and the digit that leads a caller through a menu. */
import type { Legs, LoadCall } from './load-call';
import type { Pacer } from './pacer';
import type { Tally } from './tally';

/** Of each leg's audio in a short call, this much at either end is not counted: the other leg may not be up. */
const edgeMs = 300;
/** So much of our words is heard before the digit is pressed: a fifth of a second. */
const promptPackets = 10;
const giveUpMs = 32_000;

export interface CallAudioDeps {
  readonly pacer: Pacer;
  readonly tally: Tally;
  /** From talking to BYE; undefined: until it is hung up. */
  readonly holdMs: number | undefined;
}

export class CallAudio {
  private readonly deps: CallAudioDeps;

  constructor(deps: CallAudioDeps) {
    this.deps = deps;
  }

  start(call: LoadCall, side: keyof Legs, targetPort: number): void {
    const leg = call.legs?.[side];
    if (leg === undefined) return;
    const { tally, pacer } = this.deps;
    leg.start({ call: call.number, side: side === 'caller' ? 0 : 1, targetPort, tally });
    pacer.add(leg);
  }

  /** From now on what this side says counts, and the call lasts so long. */
  talks(call: LoadCall, side: keyof Legs, nowMs: number): void {
    if (side === 'caller') call.talkingMs = nowMs;
    const { holdMs } = this.deps;
    const leg = call.legs?.[side];
    if (leg === undefined || holdMs === undefined) return;
    leg.countFrom = nowMs + edgeMs;
    leg.countTo = nowMs + holdMs - edgeMs;
  }

  stop(call: LoadCall, side: keyof Legs): void {
    if (call.legs === undefined) return;
    this.deps.pacer.remove(call.legs[side]);
    call.legs[side].countTo = 0;
  }

  /** In the menu or the queue: once our words are heard the digit is pressed. False: it has waited long enough. */
  isPatient(call: LoadCall, nowMs: number): boolean {
    const { digit, legs } = call;
    if (digit !== undefined && legs !== undefined && legs.caller.heardOther >= promptPackets) {
      legs.caller.press(digit);
      call.digit = undefined;
    }
    return nowMs - call.answeredMs <= giveUpMs;
  }
}
