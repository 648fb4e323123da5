/** The REGISTER of one trunk at its provider or office PBX (RFC 3261 section 10.2), and what its registrar says of it. Pure. */
import type { TrunkAccount } from './accounts';
import { type Headers, parseNameAddr, parseUri, splitOutside, writeNameAddr } from './header-values';
import type { ReceivedResponse } from './srf-link';
import { headerOf } from './srf-message';
import { hostPort, transportParam } from './trunk-headers';

export interface RegisterParts {
  readonly trunk: TrunkAccount;
  /** Undefined: only asks what is registered (section 10.2.3), and changes nothing. */
  readonly contactUser: string | undefined;
  readonly sipCallId: string;
  readonly tag: string;
  readonly cseq: number;
  /** 0 takes the contact back. */
  readonly expiresS: number;
  readonly authorization: Headers;
}

export const registrarUri = (trunk: TrunkAccount): string =>
  `sip:${hostPort(trunk.host ?? '', trunk.port)}${transportParam(trunk)}`;

export function registerHeaders(parts: RegisterParts): Headers {
  const { trunk, contactUser, expiresS } = parts;
  const aor = writeNameAddr({ user: trunk.username ?? '', host: trunk.host ?? '' });
  const contact: Headers =
    contactUser === undefined
      ? {}
      : {
          Contact: `<sip:${contactUser}@localhost${transportParam(trunk)}>;expires=${expiresS}`,
          Expires: String(expiresS),
        };
  return {
    From: `${aor};tag=${parts.tag}`,
    To: aor,
    'Call-ID': parts.sipCallId,
    CSeq: `${parts.cseq} REGISTER`,
    ...contact,
    ...parts.authorization,
  };
}

/** Our own contact's expires, else the Expires field; undefined: it says nothing. */
export function secondsGiven(response: ReceivedResponse, contactUser: string): number | undefined {
  const ours = splitOutside(headerOf(response, 'contact') ?? '', ',')
    .map(parseNameAddr)
    .find((contact) => parseUri(contact?.uri ?? '')?.user === contactUser);
  const text = ours?.params.get('expires') ?? headerOf(response, 'expires') ?? '';
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
