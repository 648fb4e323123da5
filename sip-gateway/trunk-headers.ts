/**
 * What our INVITE says towards a trunk or a phone: Request-URI, From, identity and privacy, Contact, and the number
 * written as that trunk wants it. Pure. RFC 3261 section 8.1.1, RFC 3323 and 3325 for callers who hide their number.
 * `@localhost` is replaced by the engine with the address that the chosen transport shows to that peer.
 */
import type { ShownCaller } from '../call-router/effect';
import { type E164, countryOf, nationalDigits } from '../call-router/values/number';
import { type TrunkAccount, weRegisterAt } from './accounts';
import { type FarEnd, farEndOf } from './legs';
import { supportedTowards } from './option-tags';
import { diversionFields } from './diversion';
import { escapedUser, type Headers, quoted, writeNameAddr } from './header-values';

export interface RequestParts {
  readonly uri: string;
  readonly headers: Headers;
}

const allowedMethods = 'INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO, PRACK';

/** What that far end may ask of us in a dialog: a transfer, if it is one of ours, also without NOTIFYs (RFC 4488). */
export function capabilitiesTo(far: FarEnd): Headers {
  const methods = far === 'provider' ? allowedMethods : `${allowedMethods}, REFER`;
  return { Allow: methods, Supported: supportedTowards(far).join(', ') };
}

/** `+420…` as the trunk writes numbers; extensions and service numbers stay as they are. */
export function numberFor(trunk: TrunkAccount, number: string, country: string): string {
  if (!/^\+\d{3,15}$/.test(number)) return number;
  switch (trunk.numberFormat) {
    case 'e164':
      return number;
    case 'international-00':
      return `00${number.slice(1)}`;
    case 'national':
      return countryOf(number as E164) === (trunk.country ?? country)
        ? nationalDigits(number as E164)
        : `00${number.slice(1)}`;
  }
}

/** @param country the default country of national numbers. `contactUser` is ours alone at this trunk. */
export function inviteToTrunk(of: {
  readonly trunk: TrunkAccount;
  readonly number: string;
  readonly shows: ShownCaller;
  readonly country: string;
  readonly contactUser: string;
  readonly divertedBy?: ShownCaller | undefined;
}): RequestParts {
  const { trunk, shows, country, divertedBy: by } = of;
  const host = hostPort(trunk.host ?? 'localhost', trunk.port);
  const called = numberFor(trunk, of.number, country);
  return {
    uri: `sip:${escapedUser(called)}@${host}${transportParam(trunk)}`,
    headers: {
      ...callerHeaders(trunk, shows, country),
      ...(by === undefined ? {} : divertedOnTrunk({ trunk, by, called, country })),
      To: writeNameAddr({ user: called, host: trunk.host ?? 'localhost' }),
      Contact: `<sip:${of.contactUser}@localhost${transportParam(trunk)}>`,
      ...capabilitiesTo(farEndOf(trunk)),
    },
  };
}

/** To a registered contact; `number`: the extension behind a pbx that registered. */
export function inviteToContact(of: {
  readonly contact: string;
  readonly shows: ShownCaller;
  readonly realm: string;
  readonly to: string;
  readonly divertedBy?: ShownCaller | undefined;
  readonly calledName?: string | undefined;
}): RequestParts {
  const { shows, calledName, divertedBy: by } = of;
  const host = domainOf(of.realm);
  const displayName = displayedTo(shows, calledName);
  const from = shows.withheld ? withheldFrom(calledName) : writeNameAddr({ displayName, user: shows.number, host });
  const diverted =
    by === undefined || by.withheld ? {} : diversionFields({ by, number: by.number, called: of.to, host });
  return {
    uri: of.contact,
    headers: {
      From: from,
      To: writeNameAddr({ displayName: calledName, user: of.to, host }),
      'Alert-Info': calledName === undefined ? undefined : alertInfo(calledName),
      ...diverted,
      ...capabilitiesTo('device'),
    },
  };
}

/**
 * Which of our numbers was called: the one thing every desk phone shows is the display name of From, so it stands there in
 * brackets. Those that can choose a ringing tone by Alert-Info find it there too, as a word.
 */
function displayedTo(shows: ShownCaller, calledName: string | undefined): string | undefined {
  return calledName === undefined ? shows.displayName : `${shows.displayName ?? shows.number} (${calledName})`;
}

const withheldFrom = (calledName: string | undefined): string =>
  calledName === undefined ? anonymous : `${quoted(`Anonymous (${calledName.slice(0, 64)})`)} ${anonymousUri}`;

const alertInfo = (name: string): string => `<http://localhost>;info=${name.replace(/[^\w.-]+/g, '-').slice(0, 64)}`;

/** The contact of a binding with another user: a number behind the PBX that registered it. */
export function withUser(contact: string, user: string): string {
  return contact.replace(/^(sips?:)(?:[^@;?]*@)?/i, (_, scheme: string) => `${scheme}${escapedUser(user)}@`);
}

const anonymousUri = '<sip:anonymous@anonymous.invalid>';
const anonymous = `"Anonymous" ${anonymousUri}`;

interface DivertedOnTrunk {
  readonly trunk: TrunkAccount;
  readonly by: ShownCaller;
  readonly called: string;
  readonly country: string;
}

/** Outside only the number tells who passed the call on, and no name. */
function divertedOnTrunk({ trunk, by, called, country }: DivertedOnTrunk): Headers {
  const { displayName: _, ...nameless } = by;
  return diversionFields({ by: nameless, number: numberFor(trunk, by.number, country), called, host: ourHost(trunk) });
}

/** A provider, or a PBX we register at, knows us by its own domain (the AOR we registered); a peer by our address. */
const ourHost = (trunk: TrunkAccount): string => (weRegisterAt(trunk) ? (trunk.host ?? 'localhost') : 'localhost');

function callerHeaders(trunk: TrunkAccount, shows: ShownCaller, country: string): Headers {
  const number = shows.number === '' ? (trunk.username ?? '') : numberFor(trunk, shows.number, country);
  const host = ourHost(trunk);
  const asserted = number === '' ? undefined : writeNameAddr({ user: number, host });
  if (shows.withheld) return { From: anonymous, 'P-Asserted-Identity': asserted, Privacy: 'id' };
  return {
    From: writeNameAddr({ displayName: shows.displayName, user: number, host }),
    'P-Asserted-Identity': asserted,
  };
}

export const transportParam = (trunk: TrunkAccount): string => (trunk.transport === 'tcp' ? ';transport=tcp' : '');

/** An IPv6 address gets its brackets (RFC 3261 section 19.1.1). */
export function hostPort(host: string, port: number | undefined): string {
  const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return port === undefined || port === 5060 ? bracketed : `${bracketed}:${port}`;
}

/** The realm as the host of a URI; one that is no host name becomes our own address. */
export const domainOf = (realm: string): string => (/^[a-z0-9][a-z0-9.-]*$/i.test(realm) ? realm : 'localhost');
