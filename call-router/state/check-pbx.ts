/** What always holds of the router's state. Tests run it after each event; it costs too much for live calls. */
import { invariant } from '../values/assert';
import { callOfLeg } from '../values/ids';
import type { Call } from './call';
import type { PbxView } from './view';

export function checkPbx(pbx: PbxView): void {
  for (const call of pbx.calls.values()) checkCall(call);
  for (const trunk of pbx.directory.trunks.values())
    invariant(pbx.callsOnTrunk(trunk.id) >= 0, 'channels of a trunk are counted');
}

function checkCall(call: Call): void {
  const legs = [...call.legs.values()];
  invariant(
    legs.every((leg) => leg.call === call.id && callOfLeg(leg.id) === call.id),
    'a leg belongs to its call',
  );
  if (call.state.in === 'ended') {
    invariant(
      legs.every((leg) => leg.state.in === 'ended'),
      'an ended call has no live leg',
    );
    return;
  }
  const connected = legs.filter((leg) => leg.state.in === 'answered' || leg.state.in === 'held');
  invariant(connected.length <= 2, 'at most two legs talk');
  invariant((call.state.in === 'talking') === (connected.length === 2), 'two joined legs make a talking call');
  invariant(
    legs.some((leg) => leg.state.in !== 'ended'),
    'a live call has a live leg',
  );
  if (call.state.in === 'talking') {
    invariant(
      call.legs.has(call.state.caller) && call.legs.has(call.state.callee),
      'those who talk are legs of the call',
    );
    invariant(call.answeredAt !== undefined, 'a talking call was answered');
  } else {
    invariant(call.recording === 'none', 'nothing is recorded before the answer');
  }
}
