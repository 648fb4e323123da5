/**
 * A browser's leg whose end of ours had to be made anew (its media worker died): the browser gets a new offer in a re-INVITE
 * (RFC 3261 section 14) and the call goes on. Where it does not answer well, nobody is hung up on: the watch for silence
 * ends the leg as any that lost its audio.
 */
import type { MediaEvent, SipEvent } from '../event';
import type { PbxView } from '../state/view';
import { type Decision, effectsOnly, ignore, isEnded } from './decision';

type Remade = Extract<MediaEvent, { readonly type: 'leg-remade' }>;
type Answered = Extract<SipEvent, { readonly type: 'reoffer-answered' | 'reoffer-refused' }>;

export function legRemade(pbx: PbxView, event: Remade): Decision {
  const leg = pbx.callOf(event.leg)?.legs.get(event.leg);
  if (leg === undefined || isEnded(leg)) return ignore; // hung up while it was made
  // One that still rings is told after its answer: the gateway keeps the offer until the dialog may carry it.
  return effectsOnly({ to: 'sip', do: 'reoffer', leg: leg.id, sdp: event.sdp });
}

export function reofferAnswered(pbx: PbxView, event: Answered): Decision {
  const leg = pbx.callOf(event.leg)?.legs.get(event.leg);
  if (leg === undefined || isEnded(leg) || event.type === 'reoffer-refused') return ignore;
  return effectsOnly({ to: 'media', do: 'set-answer', leg: leg.id, answer: event.sdp });
}
