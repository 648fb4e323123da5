/**
 * What a person sets for themselves, by code, by page or by REST: forwarding and do not disturb. In force at once and kept
 * by the store. How it bears on calls is in forwarding.ts.
 */
import type { CommandEvent } from '../command';
import type { Person } from '../state/person';
import type { PbxView } from '../state/view';
import type { EpochMs, UserId } from '../values/ids';
import { isEmergencyNumber } from '../values/short-numbers';
import { type Decision, ignore } from './decision';
import { destinationOf } from './dial-plan';
import type { CodeDone } from './dialled-codes';
import { diallerFor, mailboxOf } from './person-of';

export const voicemail = 'voicemail';

function saved(user: UserId, person: Person): Required<Pick<CodeDone, 'changes' | 'effects'>> {
  return {
    changes: [{ set: 'person', user, person }],
    effects: [{ to: 'store', do: 'save-person', user, person }],
  };
}

export function doNotDisturbTurned(pbx: PbxView, user: UserId, code: 'doNotDisturb' | 'doNotDisturbOff'): CodeDone {
  const doNotDisturb = code === 'doNotDisturb';
  return {
    ...saved(user, { ...pbx.person(user), doNotDisturb }),
    prompts: [{ say: doNotDisturb ? 'do-not-disturb-on' : 'do-not-disturb-off' }],
  };
}

interface ForwardingDialled {
  readonly user: UserId;
  readonly code: 'forward' | 'forwardOff';
  /** A number, the code of voicemail, or nothing: then it is only said how it stands. */
  readonly tail: string;
  readonly at: EpochMs;
}

export function forwardingDialled(pbx: PbxView, { user, code, tail, at }: ForwardingDialled): CodeDone {
  const person = pbx.person(user);
  const { always, ...others } = person.forwards;
  if (code === 'forwardOff')
    return { ...saved(user, { ...person, forwards: others }), prompts: [{ say: 'forwarding-off' }] };
  if (tail === '') return { prompts: always === undefined ? [{ say: 'forwarding-off' }] : forwardingOn(always) };
  const target = pbx.directory.codes.dialled.voicemail.includes(tail) ? voicemail : tail;
  const problem = forwardProblem(pbx, { user, target, at });
  if (problem !== undefined) return { prompts: [{ say: problem === 'own-number' ? 'number-unknown' : problem }] };
  return {
    ...saved(user, { ...person, forwards: { ...others, always: target } }),
    prompts: forwardingOn(target),
  };
}

const forwardingOn = (target: string): CodeDone['prompts'] =>
  target === voicemail
    ? [{ say: 'forwarding-on' }, { say: 'to-voicemail' }]
    : [{ say: 'forwarding-on' }, { digits: target.replace('+', '') }];

export type ForwardProblem = 'number-unknown' | 'not-allowed' | 'not-available' | 'own-number';

/** Why calls to this person cannot be forwarded there. Also asked before a page's wish is saved. */
export function forwardProblem(
  pbx: PbxView,
  { user, target, at }: { readonly user: UserId; readonly target: string; readonly at: EpochMs },
): ForwardProblem | undefined {
  if (target === voicemail) return mailboxOf(pbx, user) === undefined ? 'not-available' : undefined;
  const dialler = diallerFor(pbx, user, at);
  if (dialler === undefined || isEmergencyNumber(target, pbx.directory.country)) return 'not-allowed';
  const destination = destinationOf(pbx, dialler, target);
  switch (destination.kind) {
    case 'people':
      return destination.users.length === 1 && destination.users[0] === user ? 'own-number' : undefined;
    case 'forbidden':
      return 'not-allowed';
    case 'nowhere':
    case 'pickup':
    case 'code':
    case 'calendar-switch':
      return 'number-unknown';
    default:
      return undefined;
  }
}

/** From a page or a program; server/ has checked the targets. */
export function personAsked(pbx: PbxView, event: Extract<CommandEvent, { type: 'person-asked' }>): Decision {
  // Removed while the command was on its way.
  if (!pbx.directory.users.has(event.user)) return ignore;
  return saved(event.user, { ...pbx.person(event.user), ...event.person });
}
