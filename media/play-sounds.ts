/**
 * Prompts and music to a leg: finds the sounds, then tells the engine. Sounds that were heard before go out at once; where
 * a file must be read first, whatever the router says of the leg's playing meanwhile takes the place of it.
 */
import type { MediaEffect } from '../call-router/media-effect';
import type { LegId } from '../call-router/values/ids';
import type { ToEngine } from './engine/messages';
import type { MediaContext } from './media-context';
import type { Audio } from './sounds';

type Effect<Do> = Extract<MediaEffect, { do: Do }>;
type PlaySounds = Extract<ToEngine, { type: 'play-sounds' }>;

/** → prompts-ended, always: what is not there is left out and said so. */
export function playPrompts(media: MediaContext, effect: Effect<'play-prompts'>): void {
  const { leg, tag, untilDigit, thenMusic } = effect;
  const parts = effect.prompts.flatMap((part) => media.sounds.ofPart(part, effect.language));
  const music = thenMusic === undefined ? undefined : media.sounds.ofMusic(thenMusic);
  whenThere([music, ...parts], media, leg, ([behind, ...all]) => {
    const sounds = all.filter((sound) => sound !== undefined);
    const prompt = { tag, untilDigit, isWhole: sounds.length === all.length };
    return { type: 'play-sounds', leg, sounds, prompt, ...(behind === undefined ? {} : { music: behind }) };
  });
}

/** Without a file it is the soft beep of who waits. */
export function playMusic(media: MediaContext, { leg, music }: Effect<'play-music'>): void {
  whenThere([media.sounds.ofMusic(music)], media, leg, ([audio]) =>
    audio === undefined
      ? { type: 'play', leg, tone: 'hold', country: '' }
      : { type: 'play-sounds', leg, sounds: [], music: audio },
  );
}

/** → prompts-ended, always. */
export function playRecording(media: MediaContext, effect: Effect<'play-recording'>): void {
  const { leg, call, fromMs, toMs, tag } = effect;
  forgetSounds(media, leg);
  const files = media.recordingFiles(call);
  media.legs.get(leg)?.thread.post({ type: 'play-recording', leg, files, fromMs, toMs, tag });
}

/** Something else is to be heard, or nothing: what is still being read is not wanted any more. */
export function forgetSounds(media: MediaContext, leg: LegId): void {
  media.soundsAwaited.delete(leg);
}

function whenThere(
  sounds: readonly (Audio | Promise<Audio>)[],
  media: MediaContext,
  leg: LegId,
  messageOf: (sounds: readonly Audio[]) => PlaySounds | Extract<ToEngine, { type: 'play' }>,
): void {
  const play = (all: readonly Audio[]): void => void media.legs.get(leg)?.thread.post(messageOf(all));
  forgetSounds(media, leg);
  const known = sounds.filter((sound): sound is Audio => !(sound instanceof Promise));
  if (known.length === sounds.length) return play(known);
  const wanted = Promise.all(sounds.map((sound) => Promise.resolve(sound)));
  media.soundsAwaited.set(leg, wanted);
  void wanted.then((all) => {
    if (media.soundsAwaited.get(leg) !== wanted) return;
    forgetSounds(media, leg);
    play(all);
  });
}
