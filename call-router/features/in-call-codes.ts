/**
 * Codes pressed in a call (DESIGN section 4). On an office-side leg `*` opens a gate: the engine keeps the digits from the
 * far end and tells them; a code is swallowed, anything else is replayed with its durations (bank menus use stars too).
 *
 *   *ext#  transfer with announcement, *0# back to the caller   **number#  blind   *1#  pause and resume the recording
 *   *3#  conference   *7#  park; each says what it did to who pressed it, and which digit is which an administrator may change
 */
import type { PbxEffect } from '../effect';
import type { MediaEvent, SipEvent } from '../event';
import type { Call, Leg } from '../state/call';
import type { InCallCode } from '../state/feature-code';
import { isOffered } from '../state/feature-switch';
import type { PbxView } from '../state/view';
import { type EpochMs, type LegId, legIdFrom, timerIdOf } from '../values/ids';
import { attendedDigit, isAttended } from './attend';
import { addParty, conferenceByCode } from './conference';
import { dropLast } from './conference-members';
import { isConferring } from './conference-mix';
import { backToCustomer } from './consult';
import { type Decision, decided, ignore, isConnected, withLegs, both, effectsOnly } from './decision';
import { promptOfRefusal } from './fraud-guard';
import { transferAlarm, transferRefusal, withAlarm } from './guard-alarm';
import { sayInCall } from './heard-in-call';
import { park } from './park';
import { isOfficeSide } from './office-side';
import { queueDigit } from './queue-callback';
import { isQueued } from './queue-wait';
import { isSupervisedTalk, unsupervised } from './supervise';
import { acceptDigit, isScreening } from './screening';
import { consult, isConsulting, transferBlind, type TransferAsked } from './transfer';
import { pressedRecording } from './turn-recording';
import { digitsOff } from './hang-up';

type DigitReceived = Extract<MediaEvent, { readonly type: 'digit-received' }>;

const digitGapMs = 2000;
/** As many as the engine keeps (media/engine/digit-gate.ts). */
const typedMax = 20;

export type Typed =
  | { readonly kind: 'more' } // may become a code yet
  | { readonly kind: 'none' }
  | { readonly kind: 'command'; readonly digit: string }
  | { readonly kind: 'announced' | 'blind'; readonly target: string };

/** One digit is a command, two and more a transfer. */
export function readTyped(typed: string): Typed {
  const blind = /^\*\*(\d{2,})#$/.exec(typed)?.[1];
  if (blind !== undefined) return { kind: 'blind', target: blind };
  const inside = /^\*(\d+)#$/.exec(typed)?.[1];
  if (inside !== undefined)
    return inside.length === 1 ? { kind: 'command', digit: inside } : { kind: 'announced', target: inside };
  return /^\*\*?\d*$/.test(typed) && typed.length < typedMax ? { kind: 'more' } : { kind: 'none' };
}

export function digitReceived(pbx: PbxView, event: DigitReceived): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  if (call !== undefined && leg !== undefined && isScreening(leg)) {
    return acceptDigit(pbx, call, { leg, digit: event.digit, at: event.at });
  }
  // Of a leg that is gone.
  if (call === undefined || leg === undefined || !isConnected(leg)) return ignore;
  if (isAttended(call)) return attendedDigit(pbx, call, { digit: event.digit, at: event.at });
  if (isQueued(call)) return queueDigit(pbx, call, { leg, digit: event.digit, at: event.at });
  // The far end hears this one, so what came before was replayed by the engine: it had more digits than a code has.
  if (event.withheld !== true)
    return leg.typed === undefined ? ignore : decided(withoutTyped(call, leg), [digitsOff(leg)]);
  const typed = (leg.typed ?? '') + event.digit;
  const read = readTyped(typed);
  if (read.kind === 'more') {
    const timer = timerIdOf(leg.id, 'digits');
    return decided(withLegs(call, { ...leg, typed }), [{ to: 'clock', do: 'set-timer', timer, afterMs: digitGapMs }]);
  }
  const done = withoutTyped(call, leg);
  const presser = done.legs.get(leg.id) ?? leg;
  const outcome = read.kind === 'none' ? undefined : runCode(pbx, done, { leg: presser, read, at: event.at });
  const gate: PbxEffect = { to: 'media', do: outcome === undefined ? 'replay-digits' : 'swallow-digits', leg: leg.id };
  const settled: PbxEffect[] = [digitsOff(leg), gate];
  return both(settled, outcome ?? decided(done, []));
}

/** A key told by INFO: media counts it once with RFC 4733 and tells it as any other. */
export function keyByInfo(pbx: PbxView, event: Extract<SipEvent, { readonly type: 'info-digit-received' }>): Decision {
  if (pbx.callOf(event.leg) === undefined) return ignore; // of a call that is over
  const { leg, digit, durationMs } = event;
  return effectsOnly({ to: 'media', do: 'take-digit', leg, digit, durationMs });
}

/** No further digit came in time. */
export function digitsOver(pbx: PbxView, subject: string): Decision {
  const id = legIdFrom(subject);
  const call = pbx.callOf(id);
  const leg = call?.legs.get(id);
  if (call === undefined || leg?.typed === undefined) return ignore; // taken by a feature, or the leg is gone
  const replay: PbxEffect[] = isConnected(leg) ? [{ to: 'media', do: 'replay-digits', leg: id }] : [];
  return decided(withoutTyped(call, leg), replay);
}

function withoutTyped(call: Call, leg: Leg): Call {
  const { typed: _typed, ...rest } = leg;
  return withLegs(call, rest);
}

interface Code {
  readonly leg: Leg;
  readonly read: Exclude<Typed, { readonly kind: 'more' | 'none' }>;
  readonly at: EpochMs;
}

/** Undefined: no code in this state. A transfer that leads nowhere is swallowed, said, and changes nothing. */
function runCode(pbx: PbxView, call: Call, { leg, read, at }: Code): Decision | undefined {
  if (leg.isSupervisor === true || !isOfficeSide(pbx, leg)) return undefined; // their keys move nobody's call
  if (read.kind === 'command') return runCommand(pbx, call, { leg, digit: read.digit, at });
  if (isSupervisedTalk(call)) return onPlainTalk(pbx, call, { leg, read, at });
  if (isConferring(call)) return addedByCode(pbx, call, { leg, read, at });
  if (call.state.in !== 'talking') return undefined;
  const asked = { call, transferor: leg, target: read.target, at };
  const outcome = read.kind === 'blind' ? transferBlind(pbx, asked) : consult(pbx, asked);
  return typeof outcome === 'string' ? refused(pbx, asked, 'transfer-failed') : outcome;
}

/** What the fraud guard refuses is said in its own words. */
function refused(pbx: PbxView, asked: TransferAsked, otherwise: string): Decision {
  const why = transferRefusal(pbx, asked);
  const prompt = why === undefined ? otherwise : promptOfRefusal(why);
  return withAlarm(told(pbx, asked.call, { leg: asked.transferor.id, prompt }), transferAlarm(pbx, asked));
}

/** Who listens in is sent off, so that whoever talks has all their keys; without a code they stay. */
function onPlainTalk(pbx: PbxView, call: Call, code: Code): Decision | undefined {
  const plain = unsupervised(pbx, call, code.at);
  const done = runCode(pbx, plain.call, code);
  return done === undefined ? undefined : both(plain.effects, done);
}

/** In a conference `*ext#` brings a further party in; nobody is passed on. */
function addedByCode(pbx: PbxView, call: Call, { leg, read, at }: Code): Decision {
  if (read.kind !== 'announced') return told(pbx, call, { leg: leg.id, prompt: 'not-available' });
  const { target } = read;
  const outcome = addParty(pbx, { call, by: leg, target, at });
  return typeof outcome === 'string' ? refused(pbx, { call, transferor: leg, target, at }, 'not-available') : outcome;
}

interface Command {
  readonly leg: Leg;
  readonly digit: string;
  readonly at: EpochMs;
}

/** Undefined: no command of this office, or none in this state; the digits are replayed. */
function runCommand(pbx: PbxView, call: Call, { leg, digit, at }: Command): Decision | undefined {
  switch (inCallCodeOf(pbx, digit)) {
    case 'recording':
      return pressedRecording(pbx, call, leg.id);
    case 'conference':
      return conferenceByCode(pbx, call, { leg, at });
    case 'back':
      if (isConferring(call))
        return (call.state.initiator === leg.id ? dropLast(pbx, call, at) : undefined) ?? decided(call, []);
      if (!isConsulting(call) || call.state.transferor !== leg.id) return undefined;
      return backToCustomer(pbx, call, { cause: 'transferred', at });
    case 'park': {
      if (isSupervisedTalk(call)) return onPlainTalk(pbx, call, { leg, read: { kind: 'command', digit }, at });
      if (call.state.in !== 'talking') return undefined;
      const outcome = park(pbx, { call, parker: leg, at });
      return typeof outcome === 'string' ? told(pbx, call, { leg: leg.id, prompt: outcome }) : outcome;
    }
    default:
      return undefined;
  }
}

const inCallCodes: readonly InCallCode[] = ['recording', 'conference', 'back', 'park'];

/** Undefined: none of this office, or its feature is switched off. */
function inCallCodeOf({ directory: { codes, features } }: PbxView, digit: string): InCallCode | undefined {
  return inCallCodes.find((code) => codes.inCall[code] === digit && isOffered(features, code));
}

/** Nothing changes but that who pressed the code hears why. */
const told = (pbx: PbxView, call: Call, { leg, prompt }: { readonly leg: LegId; readonly prompt: string }): Decision =>
  decided(call, [sayInCall(pbx, call, { leg, prompts: [{ say: prompt }] })]);
