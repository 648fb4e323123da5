/**
 * New leads find their owner: every few seconds those that nobody has been given yet, and those that nobody opened in time, are
 * given to whom the office's rules say (call-router/features/lead-owner.ts). Whoever gets one gets a notice.
 */
import { type LeadOwner, leadOwner, type NewLead } from '../call-router/features/lead-owner';
import type { Call } from '../call-router/state/call';
import type { PbxView } from '../call-router/state/view';
import { epochMs, numberIdOf, type UserId } from '../call-router/values/ids';
import type { WaitingLead } from '../prisma/desk-operations';
import type { AskReading } from './api/deps';
import type { Clock } from './clock';
import { repeat } from './repeat';

export interface LeadOwnersParts {
  readonly reading: AskReading;
  readonly clock: Clock;
  readonly view: PbxView;
  readonly log: { readonly warn: (fields: object, message: string) => void };
}

const everyMs = 5000;
/** A lead whose call left no end (a crash) does not wait for it. */
const waitsForCallMs = 4 * 3_600_000;

/** @returns a function that stops it and resolves when nothing is under way. */
export const startLeadOwners = (parts: LeadOwnersParts): (() => Promise<void>) =>
  repeat(parts.clock, {
    everyMs,
    task: () => giveLeads(parts),
    failed: (error) => parts.log.warn({ error }, 'new leads could not be given to anybody; tried again'),
  });

/** One look. Exported for tests. */
export async function giveLeads({ reading, clock, view }: LeadOwnersParts): Promise<void> {
  const at = clock.now();
  const leads = await reading('leads-waiting', { at });
  if (leads.length === 0) return;
  const calls = callsByLead(view);
  for (const lead of leads) {
    const owner = ownerOf(view, { lead, call: calls.get(lead.id), at });
    if (owner === 'wait') continue;
    const given = owner === undefined ? undefined : givenTo(view, owner);
    const minutes = owner?.by === 'rule' ? owner.passOnMinutes : 0;
    await reading('assign-lead', {
      lead,
      at,
      notify: notified(view, lead, given),
      ...(given === undefined ? {} : { to: given }),
      ...(minutes === 0 ? {} : { passOnAt: at + minutes * 60_000 }),
    });
  }
}

/** Until the call ends its number and language are known here only. */
function callsByLead({ calls }: PbxView): ReadonlyMap<string, Call> {
  const byLead = new Map<string, Call>();
  for (const call of calls.values()) {
    const { client } = call;
    if (client.in === 'known' && client.card.kind === 'lead') byLead.set(client.card.id, call);
  }
  return byLead;
}

interface Looked {
  readonly lead: WaitingLead;
  readonly call: Call | undefined;
  readonly at: number;
}

/** `wait`: who answers it decides, and the call goes on. */
function ownerOf({ directory }: PbxView, { lead, call, at }: Looked): LeadOwner | 'wait' | undefined {
  const owner = leadOwner(directory, newLeadOf(lead, call), lead.isPassedOn ? lead.ruleId : undefined);
  const isSettled = lead.isPassedOn || lead.callIsOver || lead.responsibleUserId !== undefined;
  if (isSettled) return isAnothers(lead, owner) ? undefined : owner;
  if (owner?.by === 'rule') return owner;
  return at - lead.createdAt > waitsForCallMs && call === undefined ? owner : 'wait';
}

/** Who called it, or was called directly, has it already, whatever the rules say. */
const isAnothers = ({ isPassedOn, responsibleUserId }: WaitingLead, owner: LeadOwner | undefined): boolean =>
  !isPassedOn &&
  responsibleUserId !== undefined &&
  !(owner !== undefined && 'userId' in owner && owner.userId === responsibleUserId);

function newLeadOf(lead: WaitingLead, call: Call | undefined): NewLead {
  const number = call?.ourNumber ?? (lead.numberId === undefined ? undefined : numberIdOf(lead.numberId));
  return {
    at: epochMs(lead.createdAt),
    ...(lead.source === undefined ? {} : { source: lead.source }),
    ...(number === undefined ? {} : { numberId: number }),
    ...(call?.language === undefined ? {} : { language: call.language }),
  };
}

interface Given {
  readonly ruleId?: string;
  readonly userId?: string;
  readonly groupId?: string;
  readonly members?: readonly UserId[];
}

function givenTo({ directory }: PbxView, owner: LeadOwner): Given {
  const rule = owner.by === 'rule' ? { ruleId: owner.ruleId } : {};
  if ('userId' in owner) return { ...rule, userId: owner.userId };
  const members = directory.groups.get(owner.groupId)?.userIds ?? [];
  return { ...rule, groupId: owner.groupId, members: members.filter((user) => directory.users.has(user)) };
}

/** Of a group the free members; if all talk, all. */
function notified(view: PbxView, lead: WaitingLead, given: Given | undefined): readonly string[] {
  if (given?.members !== undefined) {
    const free = given.members.filter((user) => isFree(view, user));
    return free.length > 0 ? free : given.members;
  }
  const user = given?.userId ?? lead.responsibleUserId;
  return user === undefined || (lead.isPassedOn && given === undefined) ? [] : [user];
}

const isFree = (view: PbxView, user: UserId): boolean =>
  view.callsOfUser(user).length === 0 && !view.person(user).doNotDisturb;
