/**
 * Ends a leg by what stands between us and the far end: refuse their INVITE, CANCEL ours, or BYE
 * (RFC 3261 sections 9.1, 13.3.1.3 and 15.1.1). A leg that is gone stays gone: ending it twice does nothing.
 */
import { causes, type EndCause, q850Of, sipStatusOf } from '../call-router/values/cause';
import { abandonRefer } from './answer-refer';
import { answerChallenge, type Credentials, parseChallenges } from './digest';
import { type Headers, quoted } from './header-values';
import type { ConfirmedLeg, InvitingLeg, Legs } from './legs';
import type { LegId } from '../call-router/values/ids';
import { randomHex } from './random';
import type { ReceivedResponse } from './srf-link';
import { headerOf } from './srf-message';

export interface Ending {
  readonly leg: LegId;
  readonly cause: EndCause;
  readonly retryAfterS?: number;
  /** Said beside "completed elsewhere". */
  readonly takenBy?: string;
}

export interface EndParts {
  readonly legs: Legs;
  /** Called once if a cancelled INVITE gets no final response in time; returns what takes it back. */
  readonly giveUpOn: (leg: InvitingLeg) => () => void;
}

export function endLeg(parts: EndParts, ending: Ending): void {
  const leg = parts.legs.of(ending.leg);
  if (leg === undefined) return;
  const headers = reasonFor(ending.cause, ending.takenBy);
  switch (leg.in) {
    case 'offered': {
      parts.legs.drop(leg);
      const retryAfter = ending.retryAfterS === undefined ? undefined : String(ending.retryAfterS);
      leg.link.reply(leg.request, sipStatusOf(ending.cause), { headers: { ...headers, 'Retry-After': retryAfter } });
      return;
    }
    case 'inviting':
      return cancel(parts, leg, headers);
    case 'confirmed':
      if (leg.reoffer !== undefined) leg.link.reply(leg.reoffer, 487);
      abandonRefer(leg);
      // Before the ACK has come a BYE from us would break the rules; the engine ends a dialog whose ACK never comes.
      if (leg.awaitsAck) {
        const { reoffer: _, refer: __, ...rest } = leg;
        parts.legs.put({ ...rest, byeWaiting: headers });
        return;
      }
      parts.legs.drop(leg);
      return sendBye(leg, headers);
  }
}

function cancel(parts: EndParts, leg: InvitingLeg, headers: Headers): void {
  if (leg.cancelledWith !== undefined) return;
  parts.legs.put({ ...leg, cancelledWith: headers, stopWaiting: parts.giveUpOn(leg) });
  // Not on its way yet: place-invite.ts cancels as soon as the engine has it.
  leg.sent?.cancel(headers);
}

/** RFC 3326; "Call completed elsewhere" keeps the call out of that phone's list of missed ones. */
export function reasonFor(cause: EndCause, takenBy?: string): Headers {
  if (cause === 'answered-elsewhere') {
    const text = takenBy === undefined ? 'Call completed elsewhere' : `Call completed elsewhere: ${takenBy}`;
    return { Reason: `SIP;cause=200;text=${quoted(text)}` };
  }
  return { Reason: `Q.850;cause=${cause in causes ? q850Of(cause) : 16}` };
}

/** BYE; a provider that asks for digest again is answered once. */
export function sendBye(leg: ConfirmedLeg, headers: Headers): void {
  let uri = '';
  leg.link.send(
    { method: 'BYE', uri: '', dialog: leg.dialog, headers },
    {
      sent: (request) => {
        uri = request.uri;
      },
      response: (response) => {
        const authorization = authorizationFor(response, { method: 'BYE', uri, credentials: leg.credentials });
        if (authorization === undefined) return;
        const again = { method: 'BYE', uri: '', dialog: leg.dialog, headers: { ...headers, ...authorization } };
        leg.link.send(again, { response: () => undefined, failed: () => undefined });
      },
      failed: () => undefined,
    },
  );
}

/** The header that answers a 401 or 407; undefined: it is none, or we have no credentials that fit. */
export function authorizationFor(
  response: ReceivedResponse,
  of: { readonly method: string; readonly uri: string; readonly credentials: Credentials | undefined },
): Headers | undefined {
  const { credentials, method, uri } = of;
  if (credentials === undefined || (response.status !== 401 && response.status !== 407)) return undefined;
  const asks = response.status === 401 ? 'www-authenticate' : 'proxy-authenticate';
  const challenge = parseChallenges(headerOf(response, asks) ?? '');
  if (challenge === undefined) return undefined;
  const cnonce = randomHex(8);
  const value = answerChallenge({ challenge, credentials, method, uri, count: 1, cnonce });
  return response.status === 401 ? { Authorization: value } : { 'Proxy-Authorization': value };
}
