/**
 * The gate of a leg whose far end may dial feature codes in a call: from a `*` on, its digits are kept from the other
 * leg until somebody who understands codes says whether they were one. Knows nothing of codes and of time itself.
 *
 *   off ──arm──▶ armed ──`*` goes down──▶ open ──swallow, replay, one press too many──▶ armed
 */
import type { Heard, Press } from './dtmf';

type Ended = Extract<Heard, { type: 'ended' }>;

type GateState =
  | { readonly in: 'off' }
  | { readonly in: 'armed' }
  /** `down`: the key that is down now. What is kept was told. */
  | { readonly in: 'open'; readonly kept: readonly Ended[]; readonly down?: Press };

/** No code is longer: `**`, an international number with 00 before it, `#`. The press after so many is no code: all go on to the far end. */
export const keptMax = 20;
/** Event code of `*` (RFC 4733 table 7). */
const star = 10;

export class DigitGate {
  private state: GateState = { in: 'off' };

  /** From the next `*` on digits are kept. */
  arm(): void {
    if (this.state.in === 'off') this.state = { in: 'armed' };
  }

  /** A key went down or up. Returns what goes on to the other leg now: nothing while the gate is open. */
  hear(one: Heard): readonly Heard[] {
    return one.type === 'began' ? this.hearBegin(one) : this.hearEnd(one);
  }

  /** Forgets what was kept. */
  swallow(): readonly Heard[] {
    return this.close();
  }

  /** Returns what was kept, in its order, for the other leg. */
  replay(): readonly Heard[] {
    const kept = this.state.in === 'open' ? this.state.kept : none;
    return [...kept.flatMap((one): Heard[] => [{ type: 'began', press: one.press }, one]), ...this.close()];
  }

  private hearBegin(one: Heard): readonly Heard[] {
    const { state } = this;
    if (state.in === 'open' && state.kept.length >= keptMax) return [...this.replay(), one];
    if (state.in === 'off' || (state.in === 'armed' && one.press.event !== star)) return [one];
    this.state = { in: 'open', kept: state.in === 'open' ? state.kept : none, down: one.press };
    return none;
  }

  private hearEnd(one: Ended): readonly Heard[] {
    const { state } = this;
    // Its beginning was passed on, so its end is too.
    if (state.in !== 'open' || state.down === undefined) return [one];
    this.state = { in: 'open', kept: [...state.kept, one] };
    return none;
  }

  /** A key that is down in this moment was not told yet, so nobody judged it: it counts as pressed now. */
  private close(): readonly Heard[] {
    const down = this.state.in === 'open' ? this.state.down : undefined;
    if (this.state.in === 'open') this.state = { in: 'armed' };
    return down === undefined ? none : this.hearBegin({ type: 'began', press: down });
  }
}

const none: readonly never[] = [];
