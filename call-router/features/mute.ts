/**
 * Mute by a button in the page, of a call on whatever phone: what comes from that leg is dropped here, so that it is silent for
 * everybody and in the recording, and the phone itself knows nothing of it. It stays through hold, transfer and resume.
 */
import type { CommandEvent } from '../command';
import type { PbxView } from '../state/view';
import { type Decision, decided, ignore, isConnected, withLegs } from './decision';

export function muteAsked(
  pbx: PbxView,
  { leg: id, type }: Extract<CommandEvent, { readonly type: 'mute-asked' | 'unmute-asked' }>,
): Decision {
  const call = pbx.callOf(id);
  const leg = call?.legs.get(id);
  const mutes = type === 'mute-asked';
  // Over, or so already.
  if (call === undefined || leg === undefined || !isConnected(leg) || mutes === (leg.isMuted === true)) return ignore;
  const { isMuted: _was, ...heard } = leg;
  return decided(withLegs(call, mutes ? { ...leg, isMuted: true } : heard), [
    { to: 'media', do: mutes ? 'mute-leg' : 'unmute-leg', leg: id },
  ]);
}
