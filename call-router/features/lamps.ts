/**
 * What lamps show (RFC 4235, RFC 3842): a projection of what an event has changed, made by server/switchboard.ts after the
 * change. Each extension with a leg in the call, and its park slot; told only when what is shown is different.
 */
import type { LampDialog, PbxEffect } from '../effect';
import type { Call, Leg, Party } from '../state/call';
import type { MailboxCount } from '../state/person';
import type { PbxView } from '../state/view';
import type { UserId } from '../values/ids';
import { isConnected } from './decision';

/** `before`, `after`: undefined where the call is new or gone. `pbx` has the change already. */
export function lampsOf(pbx: PbxView, before: Call | undefined, after: Call | undefined): readonly PbxEffect[] {
  if (before?.legs === after?.legs && before?.state === after?.state) return [];
  return [...extensionLamps(pbx, before, after), ...slotLamps(pbx, before, after)];
}

function extensionLamps(pbx: PbxView, before: Call | undefined, after: Call | undefined): readonly PbxEffect[] {
  const was = dialogsByUser(before);
  const is = dialogsByUser(after);
  const users = [...new Set([...was.keys(), ...is.keys()])].filter(
    (user) => !areSame(was.get(user) ?? none, is.get(user) ?? none),
  );
  return users.flatMap((user) => {
    const entity = pbx.directory.users.get(user)?.extension;
    if (entity === undefined) return [];
    const elsewhere = otherCalls(pbx, user, after ?? before);
    return [{ to: 'sip', do: 'publish-dialogs', entity, dialogs: [...elsewhere, ...(is.get(user) ?? none)] } as const];
  });
}

const none: readonly LampDialog[] = [];

const otherCalls = (pbx: PbxView, user: UserId, call: Call | undefined): readonly LampDialog[] =>
  pbx
    .callsOfUser(user)
    .filter(({ id }) => id !== call?.id)
    .flatMap((other) => dialogsByUser(other).get(user) ?? none);

function dialogsByUser(call: Call | undefined): ReadonlyMap<UserId, readonly LampDialog[]> {
  const all = new Map<UserId, readonly LampDialog[]>();
  if (call === undefined || call.state.in === 'ended') return all;
  for (const leg of call.legs.values()) {
    const dialog = dialogOf(call, leg);
    const { user } = leg.far;
    if (dialog !== undefined && user !== undefined) all.set(user, [...(all.get(user) ?? none), dialog]);
  }
  return all;
}

/** Whoever is called is early from the 180 on, whose tag a Replaces needs; a caller from their INVITE on (RFC 4235 section 3.7.1). */
function dialogOf(call: Call, leg: Leg): LampDialog | undefined {
  const isTalking = isConnected(leg) || (leg.direction === 'outgoing' && leg.state.in === 'answering');
  const state = isTalking ? 'confirmed' : isEarly(leg) ? 'early' : undefined;
  if (state === undefined) return undefined;
  const direction = leg.direction === 'incoming' ? 'initiator' : 'recipient';
  return { id: leg.id, state, direction, ...remoteOf(call, leg) };
}

const isEarly = (leg: Leg): boolean =>
  leg.state.in === 'ringing' ||
  (leg.direction === 'incoming' && (leg.state.in === 'offered' || leg.state.in === 'answering'));

/** Whom the phone talks to, or would: of a call out and of the caller's own phone the callee, else the caller. */
function remoteOf(call: Call, leg: Leg): Pick<LampDialog, 'remote'> {
  const party: Party = leg.id === call.callerLeg || call.direction === 'outbound' ? call.callee : call.caller;
  const number = party.number ?? party.typed;
  if (party.withheld || number === '') return {};
  const { displayName } = party;
  return { remote: { number, ...(displayName === undefined ? {} : { displayName }) } };
}

/** The lamp of a slot is dialled as the code of retrieval and the slot. */
function slotLamps(pbx: PbxView, before: Call | undefined, after: Call | undefined): readonly PbxEffect[] {
  const [was, is] = [slotOf(before), slotOf(after)];
  if (was === is) return [];
  return [
    ...(was === undefined ? [] : slotPublished(pbx, was, none)),
    ...(is === undefined || after === undefined ? [] : slotPublished(pbx, is, parkedDialog(after))),
  ];
}

const slotOf = (call: Call | undefined): string | undefined =>
  call?.state.in === 'parked' ? call.state.slot : undefined;

/** A phone that presses the lamp sends its INVITE with Replaces of this dialog: it retrieves the call. */
function parkedDialog(call: Call): readonly LampDialog[] {
  if (call.state.in !== 'parked') return none;
  const leg = call.legs.get(call.state.leg);
  if (leg === undefined) return none;
  const party = leg.id === call.callerLeg ? call.caller : call.callee;
  const number = party.number ?? party.typed;
  const remote = party.withheld || number === '' ? {} : { remote: { number } };
  return [{ id: leg.id, state: 'confirmed', direction: 'recipient', ...remote }];
}

const slotPublished = ({ directory }: PbxView, slot: string, dialogs: readonly LampDialog[]): readonly PbxEffect[] =>
  directory.codes.dialled.retrieve.map((code) => ({ to: 'sip', do: 'publish-dialogs', entity: code + slot, dialogs }));

function areSame(a: readonly LampDialog[], b: readonly LampDialog[]): boolean {
  return a.length === b.length && a.every((one, at) => isSame(one, b[at]));
}

const isSame = (a: LampDialog, b: LampDialog | undefined): boolean =>
  b !== undefined &&
  a.id === b.id &&
  a.state === b.state &&
  a.direction === b.direction &&
  a.remote?.number === b.remote?.number &&
  a.remote?.displayName === b.remote?.displayName;

/** The lamp of the people whose mailbox it is: all members of a group. */
export function messageLampOf(
  pbx: PbxView,
  before: MailboxCount | undefined,
  after: MailboxCount,
): readonly PbxEffect[] {
  const { newMessages, oldMessages } = after;
  if (before?.newMessages === newMessages && before.oldMessages === oldMessages) return [];
  const mailbox = pbx.directory.mailboxes.get(after.mailbox);
  const group = mailbox?.groupId === undefined ? undefined : pbx.directory.groups.get(mailbox.groupId);
  const users = [...(mailbox?.userId === undefined ? [] : [mailbox.userId]), ...(group?.userIds ?? [])];
  return users.length === 0 ? [] : [{ to: 'sip', do: 'publish-messages', users, newMessages, oldMessages }];
}
