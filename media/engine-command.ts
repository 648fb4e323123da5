/** What the router asks that needs nothing but the RTP engine of the leg, in the engine's words. */
import type { MediaEffect } from '../call-router/media-effect';
import { assertNever } from '../call-router/values/assert';
import type { ToEngine } from './engine/messages';

type Does =
  | 'join'
  | 'separate'
  | 'play'
  | 'stop-playing'
  | 'echo'
  | 'stop-echo'
  | 'mute-leg'
  | 'unmute-leg'
  | 'take-digit'
  | 'watch'
  | 'watch-quality'
  | 'unwatch-quality'
  | 'gate-digits'
  | 'swallow-digits'
  | 'replay-digits'
  | 'send-digits'
  | 'enter-room'
  | 'leave-room';

export type ForEngine = Extract<MediaEffect, { do: Does }>;

export function messageOf(effect: ForEngine): ToEngine {
  switch (effect.do) {
    case 'join':
    case 'separate':
      return { type: effect.do, a: effect.a, b: effect.b };
    case 'play':
      return { type: 'play', leg: effect.leg, tone: effect.tone, country: effect.country };
    case 'echo':
    case 'stop-echo':
      return { type: 'echo', leg: effect.leg, is: effect.do === 'echo' ? 'on' : 'off' };
    case 'mute-leg':
    case 'unmute-leg':
      return { type: 'mute', leg: effect.leg, is: effect.do === 'mute-leg' ? 'on' : 'off' };
    case 'take-digit':
      return { type: 'take-digit', leg: effect.leg, digit: effect.digit, durationMs: effect.durationMs };
    case 'watch':
      return {
        type: 'watch',
        leg: effect.leg,
        audioLostMs: effect.audioLostMs,
        ...(effect.counts === undefined ? {} : { counts: effect.counts }),
      };
    case 'watch-quality':
    case 'unwatch-quality':
      return { type: 'watch-quality', leg: effect.leg, is: effect.do === 'watch-quality' ? 'on' : 'off' };
    case 'stop-playing':
    case 'gate-digits':
    case 'swallow-digits':
    case 'replay-digits':
      return { type: effect.do, leg: effect.leg };
    case 'send-digits':
      return { type: 'send-digits', leg: effect.leg, digits: effect.digits };
    case 'enter-room':
      return { type: 'enter-room', room: effect.room, leg: effect.leg, role: effect.role };
    case 'leave-room':
      return { type: 'leave-room', room: effect.room, leg: effect.leg };
    default:
      return assertNever(effect);
  }
}
