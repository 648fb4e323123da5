/**
 * Commands on a call in which people talk: transfer, digits, pause of the recording. Each is looked at against the view that
 * the router will decide on (the switchboard handles an event before `post` returns), so that a refusal has a reason.
 */
import { isConnected } from '../call-router/features/decision';
import { transferRefusal } from '../call-router/features/guard-alarm';
import { isOfficeSide } from '../call-router/features/office-side';
import { passToUs } from '../call-router/features/pass-on';
import { unsupervised } from '../call-router/features/supervise';
import { isConsulting, targetBranches } from '../call-router/features/transfer';
import { type RecordingStays, turnRecording } from '../call-router/features/turn-recording';
import type { Call, Leg } from '../call-router/state/call';
import type { EndCause } from '../call-router/values/cause';
import type { EpochMs } from '../call-router/values/ids';
import { fail, type Result, succeed } from '../call-router/values/result';
import type { CommandProblem, Commands, LegAsked } from './api/commands';
import type { Clock } from './clock';
import type { Switchboard } from './switchboard';

type InCall = Pick<Commands, 'transfer' | 'completeTransfer' | 'cancelTransfer' | 'sendDigits' | 'turnRecording'>;

export function inCallCommands(board: Switchboard, clock: Clock): InCall {
  return {
    async transfer(asked) {
      const found = connectedLeg(board, asked);
      if (!found.ok) return found;
      const { call, leg, to: target, kind } = asked;
      const wanted = { ...found.value, to: target, kind, at: clock.now() };
      const why = whyNoTransfer(board, wanted);
      // What the fraud guard refuses is decided by the router all the same: it stops the person and tells the administrators.
      if (why === undefined || isGuarded(board, wanted))
        board.post({ from: 'api', type: 'transfer-asked', at: clock.now(), call, leg, target, kind });
      return why === undefined ? succeed(undefined) : notNow(why);
    },
    async completeTransfer(asked) {
      const found = consultingLeg(board, asked);
      if (found.ok) board.post({ from: 'api', type: 'transfer-complete-asked', at: clock.now(), ...asked });
      return found;
    },
    async cancelTransfer(asked) {
      const found = consultingLeg(board, asked);
      if (found.ok) board.post({ from: 'api', type: 'transfer-cancel-asked', at: clock.now(), ...asked });
      return found;
    },
    async sendDigits(asked) {
      const found = connectedLeg(board, asked);
      if (!found.ok) return found;
      board.post({ from: 'api', type: 'digits-asked', at: clock.now(), ...asked });
      return succeed(undefined);
    },
    async turnRecording({ call, state }) {
      const live = board.view.calls.get(call);
      if (live === undefined) return fail({ kind: 'not-found' });
      const turned = turnRecording(board.view, live, { to: state });
      if (typeof turned === 'string') return notNow(whyRecordingStays(live, turned));
      board.post({ from: 'api', type: 'recording-asked', at: clock.now(), call, state });
      return succeed(undefined);
    },
  };
}

export const notNow = (why: string): Result<never, CommandProblem> => fail({ kind: 'not-now', why });

export interface Found {
  readonly live: Call;
  readonly leg: Leg;
}

export function connectedLeg({ view }: Switchboard, { call, leg: id }: LegAsked): Result<Found, CommandProblem> {
  const found = view.calls.get(call);
  if (found === undefined) return fail({ kind: 'not-found' });
  // Whoever talks can do all that can be done in a talk, listened to or not.
  const { call: live } = unsupervised(view, found, found.startedAt);
  const leg = live.legs.get(id);
  if (leg === undefined) return fail({ kind: 'invalid', field: 'legId', why: 'is no leg of this call' });
  return isConnected(leg) ? succeed({ live, leg }) : notNow('nobody talks on this leg');
}

function consultingLeg(board: Switchboard, asked: LegAsked): Result<undefined, CommandProblem> {
  const found = connectedLeg(board, asked);
  if (!found.ok) return found;
  const { live, leg } = found.value;
  if (!isConsulting(live)) return notNow('no transfer with announcement is under way');
  return live.state.transferor === leg.id ? succeed(undefined) : notNow('another leg makes this transfer');
}

interface TransferWanted extends Found {
  readonly to: string;
  readonly kind: 'blind' | 'announced';
  readonly at: EpochMs;
}

function whyNoTransfer({ view }: Switchboard, { live, leg, to, kind, at }: TransferWanted): string | undefined {
  if (live.state.in !== 'talking') return 'the two sides do not talk to each other now';
  if (leg.id !== live.state.caller && leg.id !== live.state.callee) return 'this leg has left the conversation';
  if (!isOfficeSide(view, leg)) return 'this leg is not one of the office: name the leg of whoever passes the call on';
  const asked = { call: live, transferor: leg, target: to, at };
  // A plan, a queue or a mailbox takes it at once.
  if (passToUs(view, { ...asked, by: kind === 'blind' ? 'code' : 'announced' }) !== undefined) return undefined;
  const branches = targetBranches(view, asked);
  return typeof branches === 'string' ? (reasons[branches] ?? `the target cannot be called (${branches})`) : undefined;
}

const isGuarded = ({ view }: Switchboard, { live: call, leg: transferor, to: target, at }: TransferWanted): boolean =>
  isOfficeSide(view, transferor) && transferRefusal(view, { call, transferor, target, at }) !== undefined;

const reasons: Readonly<Partial<Record<EndCause, string>>> = {
  'number-unknown': 'the target leads nowhere',
  'not-allowed': 'this target may not be called',
  'limit-reached': 'this person has called out enough, until an administrator lifts it',
  busy: 'the target wants no calls now',
  unreachable: 'no phone of the target is registered',
  overloaded: 'one of our limits is reached',
  'trunk-failed': 'there is no trunk to call out on',
};

function whyRecordingStays(call: Call, why: RecordingStays): string {
  if (why === 'not-heard') return 'the outside party has not heard yet that the call is recorded';
  if (why === 'never') return 'a rule of the office says that this conversation is not recorded';
  if (call.recording === 'none') return 'this call is not recorded';
  return call.state.in === 'talking' ? 'it is so already' : 'the two sides do not talk to each other now';
}
