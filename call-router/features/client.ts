/**
 * Who is calling, or is called: which number is the client's, what is made of an unknown one, and what the answer changes.
 * The look-up runs beside the call, which never waits for it.
 */
import type { CrmEffect, PbxEffect, RecordingSidecar } from '../effect';
import type { CrmEvent } from '../event';
import type { Call, CallDirection, Client, Party } from '../state/call';
import type { OwnNumber, RecordToMake } from '../state/directory';
import { numbersExactly } from '../state/directory-index';
import type { PbxView } from '../state/view';
import type { CallId, EpochMs, UserId } from '../values/ids';
import type { E164 } from '../values/number';
import { withPriority } from './acd';
import { saveCall } from './call-record';
import { both, type Decision, decided, ignore } from './decision';
import { closeIfSettled } from './hang-up';
import { clientTold } from './responsible';

interface NewCall {
  readonly id: CallId;
  readonly direction: CallDirection;
  readonly caller: Party;
  readonly callee: Party;
  readonly called: OwnNumber | undefined;
  readonly shown: OwnNumber | undefined;
  readonly responsible: UserId | undefined;
  /** False: what was dialled is nobody's. */
  readonly leadsSomewhere: boolean;
}

export interface LookUp {
  readonly client: Client;
  readonly makes: RecordToMake;
  readonly effects: readonly CrmEffect[];
}

/** An inside call, a hidden number and a service number have no client. */
export function lookUpOf(pbx: PbxView, call: NewCall): LookUp {
  const party = call.direction === 'outbound' ? call.callee : call.caller;
  const ours = call.direction === 'outbound' ? call.shown : call.called;
  if (call.direction === 'internal' || party.number === undefined || party.withheld) {
    return { client: { in: 'not-looked-up' }, makes: 'nothing', effects: [] };
  }
  const makes = recordToMake(pbx, ours, { number: party.number, leadsSomewhere: call.leadsSomewhere });
  const effect: CrmEffect = {
    to: 'crm',
    do: 'look-up',
    call: call.id,
    number: party.number,
    typed: party.typed,
    makes,
    ...(party.displayName === undefined ? {} : { displayName: party.displayName }),
    ...(ours?.source === undefined ? {} : { source: ours.source }),
    ...(call.responsible === undefined ? {} : { responsible: call.responsible }),
  };
  return { client: { in: 'looking-up', number: party.number }, makes, effects: [effect] };
}

/** One of our own numbers: a colleague's mobile, another line of the office. */
export function isOurs(pbx: PbxView, number: E164): boolean {
  return numbersExactly(pbx.directory, number).length > 0;
}

/** A call to a number that is none of ours is somebody's mistake or a scan, not a lead. */
function recordToMake(
  pbx: PbxView,
  ours: OwnNumber | undefined,
  { number, leadsSomewhere }: { readonly number: E164; readonly leadsSomewhere: boolean },
): RecordToMake {
  if (pbx.directory.neverMakeRecords.has(number) || isOurs(pbx, number)) return 'nothing';
  return ours?.makes ?? (leadsSomewhere ? 'lead' : 'nothing');
}

/** The CRM has answered, found or not. */
export function noteClient(pbx: PbxView, event: CrmEvent): Decision {
  const call = pbx.calls.get(event.call);
  // The call ended and its record was closed before the CRM answered; the store links it by number.
  if (call === undefined) return ignore;
  const known = withPriority(pbx, { ...call, client: clientOf(event) });
  if (known.state.in === 'ended') return closeIfSettled(known, event.at);
  const waited = clientTold(pbx, known, event.at);
  const told: readonly PbxEffect[] = [
    ...saveCall(known, event.at),
    ...(known.recording === 'none'
      ? []
      : [{ to: 'recordings', do: 'update', call: known.id, sidecar: sidecarOf(known) } as const]),
  ];
  return waited === undefined ? decided(known, told) : both(told, waited);
}

function clientOf(event: CrmEvent): Client {
  switch (event.type) {
    case 'client-found':
      return { in: 'known', card: event.card, others: event.others };
    case 'client-unknown':
      return { in: 'unknown' };
    default:
      return { in: 'failed' };
  }
}

/** What links a recording to its card if the database loses the call. */
export function sidecarOf(call: Call): RecordingSidecar {
  const card = call.client.in === 'known' ? call.client.card : undefined;
  const user = call.answeredBy ?? call.callerUser;
  const answeredAt: EpochMs = call.answeredAt ?? call.startedAt;
  return {
    direction: call.direction,
    startedAt: call.startedAt,
    answeredAt,
    ...(card === undefined ? {} : { card: { kind: card.kind, id: card.id } }),
    ...(card?.companyId === undefined ? {} : { companyId: card.companyId }),
    ...(user === undefined ? {} : { userId: user }),
    ...(call.trunk === undefined ? {} : { trunkId: call.trunk }),
    ...(call.ourNumber === undefined ? {} : { numberId: call.ourNumber }),
    ...messageBegun(call),
  };
}

function messageBegun({ state, recordingSince }: Call): Pick<RecordingSidecar, 'message'> {
  if (state.in !== 'attended' || state.by.kind !== 'voicemail' || state.by.phase !== 'message') return {};
  const { mailbox, since } = state.by;
  return { message: { mailbox, since, fromMs: since - (recordingSince ?? since) } };
}
