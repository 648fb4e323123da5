/**
 * Where an INVITE of ours goes and what it says of itself: to a registered contact, to a trunk's host, or to an extension
 * behind a PBX that registered. A number is the SIP status of what cannot be reached at all.
 */
import type { SipEffect } from '../call-router/effect';
import type { AccountBook, TrunkAccount } from './accounts';
import { type Bindings, nextHopOf, type StoredBinding } from './bindings';
import type { Credentials } from './digest';
import type { FlowEnd } from './leg-flows';
import { type FarEnd, farEndOf } from './legs';
import type { SipLink } from './srf-link';
import { inviteToContact, inviteToTrunk, type RequestParts, withUser } from './trunk-headers';

export type InviteEffect = Extract<SipEffect, { readonly do: 'invite' }>;

export interface WayParts {
  readonly bindings: Bindings;
  readonly book: () => AccountBook;
  /** A connected engine: the one that holds a flow, or any. */
  readonly link: (name?: string) => SipLink | undefined;
  readonly realm: string;
  readonly country: string;
}

export interface Way extends RequestParts {
  readonly far: FarEnd;
  readonly link: SipLink;
  readonly nextHop?: string;
  /** Where a device of ours registered from. */
  readonly end?: FlowEnd;
  readonly credentials?: Credentials;
}

/** Where it goes and what it says; a number is the status of what cannot be reached at all. */
export function wayTo(parts: WayParts, effect: InviteEffect): Way | number {
  const { target, shows, divertedBy } = effect;
  if (target.kind !== 'trunk') {
    const binding = parts.bindings.of(target.binding);
    if (binding === undefined) return 480; // it expired while the call was decided
    return wayToBinding(parts, binding, {
      effect,
      number: target.kind === 'trunk-binding' ? target.number : undefined,
    });
  }
  const trunk = parts.book().trunks.get(target.trunk);
  if (trunk === undefined) return 503;
  if (trunk.host === undefined) {
    const [binding] = parts.bindings.ofAccount({ kind: 'trunk', trunk: target.trunk });
    return binding === undefined ? 480 : wayToBinding(parts, binding, { effect, number: target.number });
  }
  const link = parts.link();
  if (link === undefined) return 503;
  const { country } = parts;
  const contactUser = parts.book().contactUserOf(trunk);
  const credentials = credentialsOf(trunk);
  const request = inviteToTrunk({ trunk, number: target.number, shows, country, contactUser, divertedBy });
  const way = { ...request, far: farEndOf(trunk), link };
  return credentials === undefined ? way : { ...way, credentials };
}

function wayToBinding(
  parts: WayParts,
  binding: StoredBinding,
  { effect, number }: { readonly effect: InviteEffect; readonly number: string | undefined },
): Way | number {
  const link = parts.link(binding.link);
  if (link === undefined) return 503;
  const contact = number === undefined ? binding.contact : withUser(binding.contact, number);
  const to = number ?? usernameOf(parts, binding);
  const nextHop = nextHopOf(binding);
  const { shows, divertedBy, calledName } = effect;
  const request = inviteToContact({ contact, shows, divertedBy, calledName, realm: parts.realm, to });
  // Who registers at us and is no device is an office PBX.
  const isDevice = binding.of.kind === 'device';
  const far = isDevice ? ({ far: 'device', end: binding.source } as const) : ({ far: 'pbx' } as const);
  const way = { ...request, ...far, link };
  return nextHop === undefined ? way : { ...way, nextHop };
}

function usernameOf(parts: WayParts, { of, username }: StoredBinding): string {
  if (username !== undefined) return username;
  if (of.kind === 'trunk') return parts.book().trunks.get(of.trunk)?.username ?? '';
  return parts.book().usernameOfDevice.get(of.device) ?? '';
}

/** Our account at the peer; of a pbx that registers at us the password proves nothing about us to it, and it asks for none. */
export function credentialsOf(trunk: TrunkAccount): Credentials | undefined {
  if (trunk.username === undefined || trunk.password === undefined) return undefined;
  return { username: trunk.username, password: trunk.password };
}
