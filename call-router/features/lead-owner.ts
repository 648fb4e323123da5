/**
 * Who becomes responsible for a new client: the first rule that fits by source, number, hour and language; else who
 * answered; else the number's duty person. A rule may name a group: then whoever of it opens the lead first has it.
 */
import type { Call } from '../state/call';
import { numberById } from '../state/directory-index';
import type { Directory } from '../state/directory';
import type { Language, LeadRule } from '../state/office';
import { isOpen } from '../values/hours';
import type { EpochMs, GroupId, NumberId, UserId } from '../values/ids';

export interface NewLead {
  readonly source?: string;
  readonly numberId?: NumberId;
  readonly at: EpochMs;
  /** Of the call; undefined: the office's. */
  readonly language?: Language;
  readonly answeredBy?: UserId;
}

export type LeadOwner =
  | { readonly by: 'rule'; readonly ruleId: string; readonly passOnMinutes: number; readonly userId: UserId }
  | { readonly by: 'rule'; readonly ruleId: string; readonly passOnMinutes: number; readonly groupId: GroupId }
  | { readonly by: 'answer' | 'duty'; readonly userId: UserId };

/** @param after the rule whose owner did not open it: the next that fits, then the duty person (who answered knows of it). */
export function leadOwner(directory: Directory, lead: NewLead, after?: string): LeadOwner | undefined {
  const rules = directory.leadRules;
  const from = after === undefined ? 0 : rules.findIndex(({ id }) => id === after) + 1;
  for (const rule of rules.slice(from)) {
    const owner = fits(directory, rule, lead) ? ownerOf(directory, rule) : undefined;
    if (owner !== undefined) return owner;
  }
  const { answeredBy } = lead;
  if (after === undefined && answeredBy !== undefined && directory.users.has(answeredBy)) {
    return { by: 'answer', userId: answeredBy };
  }
  const duty = dutyOf(directory, lead.numberId);
  return duty === undefined ? undefined : { by: 'duty', userId: duty };
}

/** An empty list fits everything. */
function fits(directory: Directory, rule: LeadRule, { source, numberId, at, language }: NewLead): boolean {
  if (rule.sources.length > 0 && (source === undefined || !rule.sources.includes(source))) return false;
  if (rule.numberIds.length > 0 && (numberId === undefined || !rule.numberIds.includes(numberId))) return false;
  if (rule.language !== undefined && rule.language !== (language ?? directory.language)) return false;
  const calendar = rule.calendarId === undefined ? undefined : directory.calendars.get(rule.calendarId);
  return rule.calendarId === undefined || (calendar !== undefined && isOpen(calendar, at));
}

/** Undefined: the person or the group is gone, and the next rule is asked. */
function ownerOf({ users, groups }: Directory, rule: LeadRule): LeadOwner | undefined {
  const { id: ruleId, passOnMinutes, ownerUserId, ownerGroupId } = rule;
  if (ownerUserId !== undefined && users.has(ownerUserId)) {
    return { by: 'rule', ruleId, passOnMinutes, userId: ownerUserId };
  }
  if (ownerGroupId === undefined || !groups.has(ownerGroupId)) return undefined;
  return { by: 'rule', ruleId, passOnMinutes, groupId: ownerGroupId };
}

function dutyOf({ numbers, users }: Directory, numberId: NumberId | undefined): UserId | undefined {
  const duty = numberById({ numbers }, numberId)?.dutyUserId;
  return duty !== undefined && users.has(duty) ? duty : undefined;
}

export interface LeadOfCall {
  /** Known at the arrival, and said in the look-up. */
  readonly responsible?: UserId;
  /** What is left for the end of the call. */
  readonly lead?: NonNullable<Call['lead']>;
}

/**
 * At the arrival, when nobody has answered: a rule's person, else the person called directly. Who answers, or is on duty,
 * is told by the record at the end.
 */
export function leadOfCall(
  directory: Directory,
  lead: NewLead,
  { caller, called }: { readonly caller: UserId | undefined; readonly called: UserId | undefined },
): LeadOfCall {
  // Whoever calls out talks to the client themselves.
  if (caller !== undefined) return { responsible: caller };
  const owner = leadOwner(directory, lead);
  if (owner?.by === 'rule') {
    if ('userId' in owner) return { responsible: owner.userId, lead: { ruleId: owner.ruleId } };
    return { lead: { ruleId: owner.ruleId, groupUsers: directory.groups.get(owner.groupId)?.userIds ?? [] } };
  }
  if (called !== undefined) return { responsible: called };
  return { lead: owner === undefined ? {} : { duty: owner.userId } };
}

/** Whoever answered, if the rule's group has them or no rule fits; else who is on duty. */
export function responsibleIfNone({ lead, responsible, answeredBy, makes }: Call): UserId | undefined {
  if (lead === undefined || responsible !== undefined || makes === 'nothing') return undefined;
  const mayTake = lead.groupUsers === undefined || (answeredBy !== undefined && lead.groupUsers.includes(answeredBy));
  return (mayTake ? answeredBy : undefined) ?? lead.duty;
}
