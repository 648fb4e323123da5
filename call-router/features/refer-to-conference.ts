/**
 * A phone brings its calls to a conference it made here (RFC 4579 section 5.5): REFER with the focus as its target. The far
 * end of the referred call moves into the conference; the referred call keeps its own record and card, marked as one
 * conference with it, and the conference shows on the cards of all clients in it.
 */
import type { Call, CardRef, Client, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { CallId, EpochMs } from '../values/ids';
import { placesTaken } from './conference';
import { alsoWith } from './conference-merge';
import { type Conferring, isConferring, remixed, withConference } from './conference-mix';
import { type Decision, isConnected, isEnded, otherLegOf } from './decision';
import { endCall } from './hang-up';
import { isOfficeSide } from './office-side';
import { rungWith } from './transfer';

interface Referred {
  readonly call: Call;
  /** Of the phone that makes the conference. */
  readonly leg: Leg;
  readonly conference: CallId;
  readonly at: EpochMs;
}

/** Undefined: no such conference, it is full, or the call is none of two. */
export function moveToConference(pbx: PbxView, { call, leg, conference: id, at }: Referred): Decision | undefined {
  const conference = pbx.calls.get(id);
  const far = call.legs.get(otherLegOf(call, leg.id) ?? leg.id);
  if (conference === undefined || !isConferring(conference) || conference.id === call.id) return undefined;
  if (far === undefined || far.id === leg.id || !isConnected(far)) return undefined;
  if (placesTaken(conference) >= pbx.limits.conferenceMembersMax) return undefined;
  const legs = new Map([...call.legs].filter(([one]) => one !== far.id));
  const left: Call = { ...call, legs, conferenceWith: alsoWith(call, conference) };
  const emptied = endCall(pbx, { call: left, at, cause: 'transferred' });
  const mixed = remixed(pbx, conference, { call: grownBy(pbx, conference, { call, far }), at });
  return {
    changes: [...emptied.changes, ...mixed.changes],
    effects: [
      { to: 'sip', do: 'accept-refer', leg: leg.id },
      { to: 'sip', do: 'notify-refer', leg: leg.id, status: 200 },
      { to: 'media', do: 'stop-playing', leg: far.id },
      ...emptied.effects,
      ...mixed.effects,
    ],
  };
}

/** A client takes the left channel from whoever of the office had it. */
function grownBy(
  pbx: PbxView,
  conference: Conferring,
  { call, far }: { readonly call: Call; readonly far: Leg },
): Conferring {
  const { customer, members } = conference.state;
  const left = customer === undefined ? undefined : conference.legs.get(customer);
  const isClients = left !== undefined && !isEnded(left) && !isOfficeSide(pbx, left);
  const mine: Leg = { ...far, call: conference.id };
  const grown = withConference(
    conference,
    { members: [...members, far.id], ...(isClients || isOfficeSide(pbx, far) ? {} : { customer: far.id }) },
    mine,
  );
  return {
    ...grown,
    client: bothClients(conference.client, call.client),
    conferenceWith: alsoWith(conference, call),
    ringsUsers: rungWith(grown, [mine]),
  };
}

/** The conference shows on every client's card. */
function bothClients(has: Client, comes: Client): Client {
  if (comes.in !== 'known') return has;
  if (has.in !== 'known') return comes;
  const { kind, id } = comes.card;
  const more: readonly CardRef[] = [{ kind, id }, ...comes.others];
  const isNew = (ref: CardRef): boolean =>
    ref.id !== has.card.id && !has.others.some((other) => other.id === ref.id && other.kind === ref.kind);
  return { ...has, others: [...has.others, ...more.filter(isNew)] };
}
