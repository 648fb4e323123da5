/** Extensions of SIP by their option tags: what we support towards whom, and what of a Require we cannot honour (RFC 3261 section 19.2). */
import type { FarEnd } from './legs';

/** Reliable provisional responses (RFC 3262), session timers (RFC 4028). */
const towardsAll: readonly string[] = ['100rel', 'timer'];
/** Only our own people move calls about: REFER without a subscription (RFC 4488), Replaces (RFC 3891). */
const towardsOurs: readonly string[] = [...towardsAll, 'norefersub', 'replaces'];

export const supportedTowards = (far: FarEnd): readonly string[] => (far === 'provider' ? towardsAll : towardsOurs);

/** The tags of a Supported or Require field, in lower case. */
export function tagsIn(value: string | undefined): readonly string[] {
  const tags = (value ?? '').split(',').map((tag) => tag.trim().toLowerCase());
  return tags.filter((tag) => tag !== '');
}

/** What Unsupported has to name; '' if all that is required is known. */
export function unsupportedIn(required: string | undefined, known: readonly string[]): string {
  return tagsIn(required)
    .filter((tag) => !known.includes(tag))
    .join(', ');
}
