/**
 * Feature codes that are dialled (DESIGN section 4): each does its work and says what it did. The call made by dialling one
 * is no conversation: it leaves no record. Only devices of ours and extensions behind the office PBX come here (dial-plan.ts).
 */
import type { PbxEffect } from '../effect';
import type { Call } from '../state/call';
import type { Prompt } from '../state/office';
import type { Change, PbxView } from '../state/view';
import type { CalendarId, EpochMs, LegId, UserId } from '../values/ids';
import { agentByCode } from './agent-status';
import { announceAndEnd, attend } from './attend';
import { calendarTurned } from './calendar-switch';
import { type Decision, both, callerLegOf, ignore } from './decision';
import type { Destination } from './dial-plan';
import { listenToMailbox } from './mailbox';
import { callerUserOf } from './new-call';
import { nothingThere } from './park';
import { doNotDisturbTurned, forwardingDialled } from './person-settings';
import { type InviteReceived, openCallerLeg } from './ring';
import { roomDialled } from './room';

type Code = Extract<Destination, { readonly kind: 'code' | 'calendar-switch' }>;

export interface CodeDialled {
  readonly event: InviteReceived;
  readonly code: Code;
}

/** A code at work: whose leg dialled it. */
export interface CodeRun {
  readonly leg: LegId;
  /** Undefined: an extension behind the office PBX that is nobody of ours. */
  readonly user?: UserId;
  readonly tail: string;
  readonly at: EpochMs;
}

/** What a code changed, and what is said about it. */
export interface CodeDone {
  readonly changes?: readonly Change[];
  readonly effects?: readonly PbxEffect[];
  readonly prompts: Prompt;
}

export function runDialledCode(pbx: PbxView, call: Call, { event, code }: CodeDialled): Decision {
  if (callerLegOf(call) === undefined) return ignore;
  const service: Call = { ...call, isService: true, client: { in: 'not-looked-up' } };
  const open = openCallerLeg(pbx, service, event);
  const user = callerUserOf(pbx, event)?.id;
  const run: CodeRun = {
    leg: event.leg,
    at: event.at,
    tail: code.kind === 'code' ? code.tail : '',
    ...(user === undefined ? {} : { user }),
  };
  return both(
    [open],
    code.kind === 'code' ? runCode(pbx, service, code.code, run) : turnCalendar(pbx, service, run, code),
  );
}

function runCode(
  pbx: PbxView,
  call: Call,
  code: Extract<Code, { readonly kind: 'code' }>['code'],
  run: CodeRun,
): Decision {
  switch (code) {
    case 'echo':
      return attend(pbx, call, { leg: run.leg, by: { kind: 'echo' }, at: run.at });
    case 'forward':
    case 'forwardOff':
      return announced(
        pbx,
        call,
        run,
        forOne(run, (user) => forwardingDialled(pbx, { user, code, ...run })),
      );
    case 'doNotDisturb':
    case 'doNotDisturbOff':
      return announced(
        pbx,
        call,
        run,
        forOne(run, (user) => doNotDisturbTurned(pbx, user, code)),
      );
    case 'room':
      return roomDialled(pbx, call, run);
    case 'agentIn':
    case 'agentOut':
    case 'agentPause':
      return announced(
        pbx,
        call,
        run,
        forOne(run, (user) => agentDone(agentByCode(pbx, { user, what: agentWish[code], at: run.at }))),
      );
    case 'voicemail':
      return listenToMailbox(pbx, call, run);
    case 'retrieve':
      // There is something only when ring.ts has led the caller to it.
      return announced(pbx, call, run, { prompts: nothingThere(run.tail) });
    default:
      return announced(pbx, call, run, { prompts: say('not-available') });
  }
}

function turnCalendar(
  pbx: PbxView,
  call: Call,
  run: CodeRun,
  { calendar }: { readonly calendar: CalendarId },
): Decision {
  return announced(pbx, call, run, calendarTurned(pbx, calendar));
}

const agentWish = { agentIn: 'log-in', agentOut: 'log-out', agentPause: 'pause' } as const;

const agentDone = ({ changes, effects, prompt }: ReturnType<typeof agentByCode>): CodeDone => ({
  changes,
  effects,
  prompts: say(prompt),
});

const say = (prompt: string): Prompt => [{ say: prompt }];

/** Some codes are about a person; an extension that is nobody's has none. */
function forOne(run: CodeRun, work: (user: UserId) => CodeDone): CodeDone {
  return run.user === undefined ? { prompts: say('not-available') } : work(run.user);
}

/** Says what was done, then hangs up. */
function announced(
  pbx: PbxView,
  call: Call,
  { leg, at }: CodeRun,
  { changes = [], effects = [], prompts }: CodeDone,
): Decision {
  const told = announceAndEnd(pbx, call, { leg, prompts, cause: 'callee-hung-up', at });
  return { changes: [...changes, ...told.changes], effects: [...effects, ...told.effects] };
}
