/**
 * The phone in the page as data: its line (the registration), its calls, its microphone. Pure, as call-router is: what happens is
 * a PhoneEvent, decide-phone.ts says what is true then and what is to be done (PhoneEffect), run-phone-effect.ts does it.
 *
 *   line    off ─account, leads─▶ connecting ─opened─▶ registering ─accepted─▶ registered
 *            ▲                     ▲      │ closed         │ closed               │ closed: waits; network changed: connecting
 *            │ account gone        │ due  ▼                ▼                      ▼
 *            └── from any          └─── waiting ◀──────────┴──────────────────────┘     registering ─refused─▶ refused
 *
 *   call    ringing ─answer─▶ answering ─microphone─▶ accepted ─established─▶ talking ⇄ held     (incoming; without a
 *                ▲────────────────┘ none                                                          microphone it rings on)
 *           starting ─microphone─▶ dialling ─180─▶ alerting ─established─▶ talking ⇄ held        (outgoing, or a lost leg
 *           any ─ended─▶ gone from the list                                                      that is taken up again)
 *
 * Only the leading tab of a browser has a line; the others show what it says (tabs.ts). Invariants: checkPhone.
 */
import { invariant } from '../../../call-router/values/assert';
import type { BrowserPhone } from '../../../server/api/desk-messages';

export type Line =
  | { readonly in: 'off' }
  /** `failures`: connections that came to nothing, one after the other. */
  | { readonly in: 'connecting'; readonly failures: number }
  | { readonly in: 'registering'; readonly failures: number }
  | { readonly in: 'registered' }
  | { readonly in: 'waiting'; readonly failures: number }
  /** The registrar does not know this account (any more): only a new one helps. */
  | { readonly in: 'refused' };

export type AudioFlow = 'flows' | 'lost';

export type HeadsetCallState =
  | { readonly in: 'ringing' }
  /** Waits for the microphone; then the answer is on its way. */
  | { readonly in: 'answering' }
  | { readonly in: 'accepted' }
  /** Waits for the microphone. */
  | { readonly in: 'starting'; readonly wish: DialWish }
  | { readonly in: 'dialling' }
  /** `hears`: a ringback of our own, or what the other end plays already (RFC 3960). */
  | { readonly in: 'alerting'; readonly hears: 'ringback' | 'early-media' }
  | { readonly in: 'talking'; readonly since: number; readonly muted: boolean; readonly audio: AudioFlow }
  /** RFC 3264 section 8.4: by us. */
  | { readonly in: 'held'; readonly since: number; readonly muted: boolean; readonly audio: AudioFlow };

/** Whom to call; `token`: of a lost leg that is taken up again. */
export type DialWish =
  | { readonly kind: 'number'; readonly to: string; readonly numberId?: string }
  | { readonly kind: 'resume'; readonly token: string };

export interface HeadsetCall {
  /** Ours, of this page. */
  readonly id: string;
  /** The server's call in which it is, once it is known: calls that are joined, taken over or resumed move it. */
  readonly callId?: string;
  /** The server's call in which its leg was made. */
  readonly madeIn?: string;
  /** As the other end is written: a number, an extension. */
  readonly number: string;
  readonly name?: string;
  /** Of a lost leg that is taken up again. */
  readonly was?: KeptSound;
  readonly state: HeadsetCallState;
}

/** `not-secure`: the page was opened by plain HTTP, where browsers give none. */
export type MicrophoneProblem = 'refused' | 'missing' | 'in-use' | 'unplugged' | 'not-secure' | 'failed';
export type Microphone =
  | { readonly in: 'idle' }
  | { readonly in: 'asking' }
  | { readonly in: 'live'; readonly label: string }
  | { readonly in: 'wrong'; readonly problem: MicrophoneProblem };

/** How a talk was heard when its leg was lost. */
export interface KeptSound {
  readonly muted: boolean;
  readonly held: boolean;
}

export interface ResumeOffer {
  readonly callId: string;
  readonly legId: string;
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly was?: KeptSound;
}

export interface PhoneState {
  /** Whether this tab has the phone of the browser. */
  readonly leads: boolean;
  readonly account: BrowserPhone | undefined;
  readonly line: Line;
  readonly calls: readonly HeadsetCall[];
  readonly microphone: Microphone;
  /** Lost legs that may be taken up again. */
  readonly offers: readonly ResumeOffer[];
  /** Calls in which legs were made that the person has hung up; the last few. Their BYE may not have found a way. */
  readonly hungUp: readonly string[];
}

/** A leg is named `<call>.<n>` after the call in which it was made. */
export const isMadeIn = (legId: string, callId: string): boolean => legId.startsWith(`${callId}.`);

export const phoneAtStart: PhoneState = {
  leads: false,
  account: undefined,
  line: { in: 'off' },
  calls: [],
  microphone: { in: 'idle' },
  offers: [],
  hungUp: [],
};

export type TalkingCall = HeadsetCall & { readonly state: Extract<HeadsetCallState, { readonly since: number }> };

export const isEstablished = (call: HeadsetCall): call is TalkingCall =>
  call.state.in === 'talking' || call.state.in === 'held';

export const keptSoundOf = ({ state }: TalkingCall): KeptSound => ({ muted: state.muted, held: state.in === 'held' });

/** Has, or waits for, audio of ours. */
export const wantsMicrophone = ({ state }: HeadsetCall): boolean => state.in !== 'ringing';

/** What is heard from the ringer, or in place of the other end: a second call only knocks. */
export type PhoneSound = 'silence' | 'ringing' | 'call-waiting' | 'ringback';

export function soundOf({ leads, calls }: PhoneState): PhoneSound {
  if (!leads) return 'silence';
  const rings = calls.some(({ state }) => state.in === 'ringing');
  if (calls.some(isEstablished)) return rings ? 'call-waiting' : 'silence';
  if (rings) return calls.some(wantsMicrophone) ? 'call-waiting' : 'ringing';
  return calls.some(({ state }) => state.in === 'alerting' && state.hears === 'ringback') ? 'ringback' : 'silence';
}

/** Lights of a headset: USB HID usage tables, telephony page. */
export interface HeadsetLamps {
  readonly ring: boolean;
  readonly offHook: boolean;
  readonly mute: boolean;
}

export function lampsOf({ calls }: PhoneState): HeadsetLamps {
  const inUse = calls.filter(wantsMicrophone);
  return {
    ring: calls.some(({ state }) => state.in === 'ringing'),
    offHook: inUse.length > 0,
    mute: inUse.some(({ state }) => state.in === 'talking' && state.muted),
  };
}

/** What is true after each event. */
export function checkPhone({ leads, account, line, calls, microphone }: PhoneState): void {
  invariant(line.in === 'off' || (leads && account !== undefined), 'a line belongs to the leading tab with an account');
  invariant(new Set(calls.map(({ id }) => id)).size === calls.length, 'each call is there once');
  invariant(calls.filter(({ state }) => state.in === 'talking').length <= 1, 'one speaks with one end at a time');
  const open = calls.some(wantsMicrophone);
  invariant(open || microphone.in === 'idle' || microphone.in === 'wrong', 'the microphone is open only for a call');
}
