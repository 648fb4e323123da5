/** What one side of a call hears from us while it goes on: music for who waits, a word for who pressed a code. */
import type { PbxEffect } from '../effect';
import type { Call } from '../state/call';
import type { Prompt } from '../state/office';
import type { PbxView } from '../state/view';
import type { LegId } from '../values/ids';

/** Of `prompts-ended` that nobody waits for. */
export const inCallTag = 'in-call';

export const music = (leg: LegId): PbxEffect => ({ to: 'media', do: 'play-music', leg, music: 'own' });

/** The engine mutes the far end meanwhile; the talk goes on by itself when it is said. */
export function sayInCall(
  pbx: PbxView,
  call: Call,
  { leg, prompts }: { readonly leg: LegId; readonly prompts: Prompt },
): PbxEffect {
  // People of the office hear their own language, whatever the customer's is.
  const language = leg === call.callerLeg ? (call.language ?? pbx.directory.language) : pbx.directory.language;
  return { to: 'media', do: 'play-prompts', leg, prompts, language, tag: inCallTag, untilDigit: false };
}
