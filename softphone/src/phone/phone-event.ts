/**
 * What happens to the phone in the page, and what it then does. `asked-…`: somebody pressed it, here, in another tab or on the
 * headset. `chance`: 0 to 1, drawn at the edge, so that a thousand phones do not come back in the same moment.
 */
import type { BrowserPhone } from '../../../server/api/desk-messages';
import type { DialWish, HeadsetCall, MicrophoneProblem, ResumeOffer } from './phone-state';

export type PhoneEvent =
  /** This tab has the lock of all tabs of this browser. */
  | { readonly type: 'lead-won' }
  | { readonly type: 'account-given'; readonly account: BrowserPhone }
  /** There is no browser audio now. */
  | { readonly type: 'account-gone' }
  /** And another tab may lead. */
  | { readonly type: 'logged-out' }
  | { readonly type: 'socket-opened' }
  | { readonly type: 'socket-closed'; readonly chance: number }
  /** The browser says so (online, another network), or it woke from sleep: the old connection is not to be trusted. */
  | { readonly type: 'network-changed' }
  /** Something suggests that the connection may be dead; it mostly is not. */
  | { readonly type: 'path-doubted' }
  | { readonly type: 'register-accepted'; readonly id: string; readonly at: number }
  | { readonly type: 'register-refused' }
  | { readonly type: 'retry-due' }
  // Calls.
  | { readonly type: 'call-arrived'; readonly call: Omit<HeadsetCall, 'state'> }
  /** The server says in which of its calls the leg was made. */
  | { readonly type: 'call-named'; readonly id: string; readonly callId: string }
  /** Legs of this person's phones in a call of the server. */
  | { readonly type: 'legs-told'; readonly callId: string; readonly legIds: readonly string[] }
  | { readonly type: 'call-alerting'; readonly id: string; readonly hears: 'ringback' | 'early-media' }
  | { readonly type: 'call-established'; readonly id: string; readonly at: number }
  /** `status`: of the refusal, where there was one. */
  | { readonly type: 'call-ended'; readonly id: string; readonly at: number; readonly status?: number }
  | { readonly type: 'hold-refused'; readonly id: string }
  | { readonly type: 'unhold-refused'; readonly id: string; readonly at: number; readonly status: number }
  | { readonly type: 'audio-lost'; readonly id: string }
  | { readonly type: 'audio-back'; readonly id: string }
  /** Our offer of new candidates came to nothing. */
  | { readonly type: 'restart-failed'; readonly id: string; readonly at: number; readonly status: number }
  | { readonly type: 'restart-due'; readonly id: string }
  /** `of`: which browser of this person had the leg. */
  | {
      readonly type: 'resume-offered';
      readonly offer: ResumeOffer;
      readonly of: 'this-browser' | 'another';
      readonly id: string;
      readonly at: number;
    }
  // The microphone.
  | { readonly type: 'microphone-opened'; readonly label: string }
  | { readonly type: 'microphone-failed'; readonly problem: MicrophoneProblem }
  | { readonly type: 'microphone-ended' }
  /** One was plugged in or out, or another one was chosen. */
  | { readonly type: 'devices-changed' }
  | PhoneCommand;

/** What a person asks for; may come from another tab. */
export type PhoneCommand =
  | { readonly type: 'asked-dial'; readonly id: string; readonly wish: Extract<DialWish, { readonly kind: 'number' }> }
  | { readonly type: 'asked-answer'; readonly id: string }
  | { readonly type: 'asked-reject'; readonly id: string }
  | { readonly type: 'asked-hang-up'; readonly id: string }
  | { readonly type: 'asked-hold'; readonly id: string }
  | { readonly type: 'asked-resume'; readonly id: string }
  | { readonly type: 'asked-mute'; readonly id: string }
  | { readonly type: 'asked-unmute'; readonly id: string }
  | { readonly type: 'asked-digits'; readonly id: string; readonly digits: string }
  /** The headset's own keys. */
  | { readonly type: 'pressed-hook' }
  | { readonly type: 'pressed-mute' };

export type PhoneEffect =
  /** Drops whatever connection there was. */
  | { readonly do: 'open-socket'; readonly account: BrowserPhone }
  | { readonly do: 'close-socket' }
  /** Closes the connection unless the server answers on it at once. */
  | { readonly do: 'probe' }
  | { readonly do: 'register' }
  | { readonly do: 'retry-later'; readonly afterMs: number }
  | { readonly do: 'dial'; readonly id: string; readonly wish: DialWish }
  | { readonly do: 'accept'; readonly id: string }
  /** The person's no: their other phones stop ringing too. */
  | { readonly do: 'reject'; readonly id: string }
  /** This phone has no room for it: the others ring on. */
  | { readonly do: 'refuse-busy'; readonly id: string }
  /** BYE, or CANCEL while it is not answered. */
  | { readonly do: 'end'; readonly id: string }
  /** By REST: a lost leg whose BYE did not arrive. */
  | { readonly do: 'hang-up-lost'; readonly callId: string; readonly legId: string }
  /** Nothing on the wire: the other end has none of it any more. */
  | { readonly do: 'forget'; readonly id: string }
  | { readonly do: 'hold'; readonly id: string }
  | { readonly do: 'unhold'; readonly id: string }
  | { readonly do: 'send-digits'; readonly id: string; readonly digits: string }
  | { readonly do: 'restart-ice'; readonly id: string }
  | { readonly do: 'restart-later'; readonly id: string; readonly afterMs: number }
  | { readonly do: 'open-microphone' }
  | { readonly do: 'close-microphone' }
  /** Each call gets the microphone that is open now. */
  | { readonly do: 'replace-track' }
  | { readonly do: 'tell'; readonly what: PhoneNews };

/** What a person has to know, said once. */
export type PhoneNews =
  | { readonly kind: 'microphone-changed'; readonly label: string }
  | { readonly kind: 'call-refused'; readonly number: string; readonly status: number }
  | { readonly kind: 'call-lost' }
  | { readonly kind: 'still-held' }
  /** Nothing was sent. */
  | { readonly kind: 'not-dialled'; readonly why: 'no-line' | 'too-many-calls' }
  | { readonly kind: 'no-microphone'; readonly problem: MicrophoneProblem };
