/** A branch that is not wanted any more, for instance because another was answered: what tells its phone, and gives back its media. */
import type { PbxEffect } from '../effect';
import type { Leg } from '../state/call';
import type { EndCause } from '../values/cause';
import { isClosedPage } from './closed-page';
import { acceptTimerOff, isScreening } from './screening';

/** Takes an INVITE back that nobody answered, or keeps it from leaving. */
export function cancelBranch(leg: Leg, cause: EndCause): readonly PbxEffect[] {
  if (isClosedPage(leg)) return [];
  const close: PbxEffect = { to: 'media', do: 'close-leg', leg: leg.id };
  if (isScreening(leg)) return [acceptTimerOff(leg), { to: 'sip', do: 'bye', leg: leg.id, cause }, close];
  return leg.state.in === 'opening' ? [close] : [{ to: 'sip', do: 'cancel', leg: leg.id, cause }, close];
}
