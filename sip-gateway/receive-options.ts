/**
 * OPTIONS and whatever else comes outside a dialog: answered for trunks and for flows that registered, so that they can
 * watch us as we watch them (RFC 3261 section 11); strangers learn nothing and are counted (DESIGN section 7).
 */
import type { ReceivedRequest, SipLink } from './srf-link';
import { capabilitiesTo } from './trunk-headers';

/** What we can do for our own; a provider may not use all of it. */
const capabilities = capabilitiesTo('device');

export interface OptionsParts {
  /** A trunk sent it, or it came over a registered flow. */
  readonly isKnown: (request: ReceivedRequest) => boolean;
  readonly countStranger: () => void;
}

export function receiveOptions(parts: OptionsParts, request: ReceivedRequest, link: SipLink): void {
  if (!parts.isKnown(request)) return parts.countStranger();
  link.reply(request, 200, { headers: { ...capabilities, Accept: 'application/sdp' } });
}

/** MESSAGE, NOTIFY and so on: nobody here takes them outside a dialog. */
export function receiveOther(parts: OptionsParts, request: ReceivedRequest, link: SipLink): void {
  if (!parts.isKnown(request)) return parts.countStranger();
  link.reply(request, 405, { headers: capabilities });
}
