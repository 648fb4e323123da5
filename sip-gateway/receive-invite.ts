/**
 * INVITE outside a dialog: who sends it (trunk or device), what was dialled, and the event. What it leads to is the
 * router's.
 */
import type { Origin, SignalledCaller, SipEvent } from '../call-router/event';
import { callIdOf, deviceIdOf, legIdOf, type NumberId, numberIdOf, trunkIdOf } from '../call-router/values/ids';
import { userPartOf } from '../call-router/values/number';
import type { TrunkAccount } from './accounts';
import { callerFromDevice, callerFromTrunk } from './caller-identity';
import type { GatewayClock } from './clock';
import { descriptionIn } from './description';
import { divertedFrom } from './diversion';
import { conferenceIn } from './focus';
import { parseNameAddr } from './header-values';
import { type FarEnd, farEndOf, type Legs, type OfferedLeg } from './legs';
import { supportedTowards, tagsIn, unsupportedIn } from './option-tags';
import { randomHex } from './random';
import { replacedByInvite } from './replaces';
import type { ReceivedRequest, SipLink } from './srf-link';
import { dialogIdOf, endOf, headerOf, webSocketOf } from './srf-message';
import { sessionAnswer, sessionMinS } from './session-timer';
import { provenSender, type SenderParts } from './sender';
import { dialledOn } from './who-calls';

export interface InviteParts extends SenderParts {
  readonly legs: Legs;
  readonly clock: GatewayClock;
  readonly post: (event: SipEvent) => void;
}

type InviteReceived = Extract<SipEvent, { readonly type: 'invite-received' }>;

interface Sender {
  readonly far: FarEnd;
  readonly origin: Origin;
  readonly caller: SignalledCaller;
  readonly dialled: string;
  readonly divertedFrom?: readonly string[];
  readonly shows?: NumberId;
}

export function receiveInvite(parts: InviteParts, request: ReceivedRequest, link: SipLink): void {
  const sender = senderOf(parts, request, link);
  if (sender === undefined) return;
  const hops = hopsLeft(request);
  if (hops === 0) return link.reply(request, 483);
  const required = headerOf(request, 'require');
  const unsupported = unsupportedIn(required, supportedTowards(sender.far));
  if (unsupported !== '') return link.reply(request, 420, { headers: { Unsupported: unsupported } });
  const body = descriptionIn(request);
  if (body === 'unreadable') return link.reply(request, 415, { headers: { Accept: 'application/sdp' } });
  const { far, ...who } = sender;
  if (sessionAnswer(request, undefined).kind === 'too-small')
    return link.reply(request, 422, { headers: { 'Min-SE': String(sessionMinS) } });
  const replaces = replacedByInvite(parts.legs, { field: headerOf(request, 'replaces'), far });
  if (typeof replaces === 'number') return link.reply(request, replaces);
  const call = callIdOf(randomHex(16));
  const sipCallId = headerOf(request, 'call-id') ?? '';
  const theirTag = fromTag(request);
  const leg: OfferedLeg = {
    in: 'offered',
    id: legIdOf(call, 1),
    link,
    far,
    name: { sipCallId, localTag: randomHex(6), remoteTag: theirTag },
    dialog: dialogIdOf(sipCallId, theirTag),
    request,
    isReliable: tagsIn(required).includes('100rel'),
  };
  parts.legs.put(leg);
  if (far === 'device') parts.legs.flows.carry(leg.id, endOf(request), headerOf(request, 'contact'));
  request.on('cancel', () => {
    if (parts.legs.drop(leg))
      parts.post({ from: 'sip', type: 'leg-cancelled', at: parts.clock.now(), call, leg: leg.id });
  });
  parts.post({
    from: 'sip',
    type: 'invite-received',
    at: parts.clock.now(),
    call,
    leg: leg.id,
    ...who,
    ...(body === undefined ? {} : { offer: body }),
    towards: request.source_address,
    ...(webSocketOf(request) !== undefined ? ({ over: 'webrtc' } as const) : {}),
    ...(hops === undefined ? {} : { maxForwards: hops }),
    ...(replaces === undefined ? {} : { replaces }),
    ...wantedFocus(far, request.uri),
  });
}

function senderOf(parts: InviteParts, request: ReceivedRequest, link: SipLink): Sender | undefined {
  const account = provenSender(parts, request, link);
  if (account === undefined) return undefined;
  if (account.kind === 'trunk') return fromTrunk(parts, account.trunk, request);
  return {
    far: 'device',
    origin: { kind: 'device', device: deviceIdOf(account.device.id) },
    caller: callerFromDevice(request, account.device.username),
    dialled: userPartOf(request.uri),
    ...chosenNumber(request),
  };
}

/** X-Trunkline-Number: the id of the number of ours that the page's person chose to show. Whether they may is the router's. */
function chosenNumber(request: ReceivedRequest): Pick<InviteReceived, 'shows'> {
  const chosen = headerOf(request, 'x-trunkline-number')?.trim() ?? '';
  return chosen === '' ? {} : { shows: numberIdOf(chosen) };
}

function fromTrunk(parts: InviteParts, trunk: TrunkAccount, request: ReceivedRequest): Sender {
  const diverted = divertedFrom(request);
  return {
    far: farEndOf(trunk),
    origin: { kind: 'trunk', trunk: trunkIdOf(trunk.id) },
    caller: callerFromTrunk(request, trunk.kind),
    dialled: dialledOn(parts.book(), trunk, request),
    ...(diverted.length === 0 ? {} : { divertedFrom: diverted }),
  };
}

/** A provider joins no conference of ours. */
function wantedFocus(far: FarEnd, uri: string): Pick<InviteReceived, 'focusOf'> {
  const focusOf = far === 'provider' ? undefined : conferenceIn(userPartOf(uri));
  return focusOf === undefined ? {} : { focusOf };
}

/** Max-Forwards (RFC 3261 section 20.22); what is no number of it counts as if it were not there. */
function hopsLeft(request: ReceivedRequest): number | undefined {
  const text = headerOf(request, 'max-forwards') ?? '';
  return /^\d{1,3}$/.test(text) ? Math.min(255, Number(text)) : undefined;
}

const fromTag = (request: ReceivedRequest): string =>
  parseNameAddr(headerOf(request, 'from') ?? '')?.params.get('tag') ?? '';
