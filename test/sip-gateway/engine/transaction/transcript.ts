// Plays events through one of the pure transaction machines and writes down what happened, one line each:
// `event -> state: actions`.

import type { Step } from '../../../../sip-gateway/engine/transaction/machine';
import type { Reliability } from '../../../../sip-gateway/engine/transaction/timers';

type Machine<State extends string, Event extends string> = (
  state: State,
  event: Event,
  wire: Reliability,
) => Step<State>;

export function play<State extends string, Event extends string>(
  machine: Machine<State, Event>,
  { from, wire, events }: { from: State; wire: Reliability; events: readonly Event[] },
): string[] {
  let state = from;
  return events.map((event) => {
    const step = machine(state, event, wire);
    state = step.state;
    return `${event} -> ${state}${step.actions.length > 0 ? `: ${step.actions.join(', ')}` : ''}`;
  });
}
