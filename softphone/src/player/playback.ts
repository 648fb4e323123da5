/**
 * Drives one audio element: what it is doing as state, and what can be asked of it. Only one plays at a time in the page.
 * Seeking uses HTTP Range, which the browser does by itself. A recording still being made has only as much as its file
 * had when it was opened: at the end it is opened again where it stopped.
 */
import { type RefObject, useCallback, useEffect, useState } from 'react';

export interface Playback {
  readonly isPlaying: boolean;
  readonly isWaiting: boolean;
  readonly failed: boolean;
  readonly atS: number;
  readonly lengthS: number;
  readonly toggle: () => void;
  readonly seek: (atS: number) => void;
}

interface Source {
  readonly element: RefObject<HTMLAudioElement | null>;
  /** What is known before the file says it. */
  readonly lengthS: number;
  readonly isRunning: boolean;
  /** Only a stretch of it is played: positions count from its beginning. */
  readonly fromS?: number;
  readonly toS?: number;
}

let playingNow: HTMLAudioElement | undefined;

export function usePlayback({ element, lengthS: wholeS, isRunning, fromS = 0, toS }: Source): Playback {
  const lengthS = toS === undefined ? wholeS : toS - fromS;
  const [seen, setSeen] = useState({ isPlaying: false, isWaiting: false, failed: false, atS: 0, lengthS });
  useEffect(() => {
    const audio = element.current;
    if (!audio) return undefined;
    const look = (event: Event) => {
      if (event.type === 'play') pauseOthers(audio);
      if (event.type === 'ended' && isRunning && toS === undefined) openAgain(audio);
      if (event.type === 'loadedmetadata' && audio.currentTime < fromS) audio.currentTime = fromS;
      if (toS !== undefined && audio.currentTime >= toS && !audio.paused) audio.pause();
      setSeen((before) => ({
        isPlaying: !audio.paused && !audio.ended,
        isWaiting: event.type === 'waiting' || event.type === 'stalled',
        failed: audio.error !== null,
        atS: Math.max(0, audio.currentTime - fromS),
        lengthS: toS === undefined && audio.duration > 0 && audio.duration < Infinity ? audio.duration : before.lengthS,
      }));
    };
    for (const name of watched) audio.addEventListener(name, look);
    return () => {
      for (const name of watched) audio.removeEventListener(name, look);
      audio.pause();
      if (playingNow === audio) playingNow = undefined;
    };
  }, [element, isRunning, fromS, toS]);

  const toggle = useCallback(() => {
    const audio = element.current;
    if (!audio) return undefined;
    if (audio.error) audio.load();
    if (!audio.paused) return audio.pause();
    if (toS !== undefined && (audio.ended || audio.currentTime >= toS)) audio.currentTime = fromS;
    return play(audio);
  }, [element, fromS, toS]);
  const seek = useCallback(
    (atS: number) => {
      if (element.current) element.current.currentTime = fromS + atS;
      setSeen((before) => ({ ...before, atS }));
    },
    [element, fromS],
  );
  return { ...seen, toggle, seek };
}

/** A refusal to play shows itself through the element's own `error` and `pause` events. */
export function play(audio: HTMLAudioElement): void {
  audio.play().catch(() => undefined);
}

const watched = [
  'play',
  'playing',
  'pause',
  'ended',
  'timeupdate',
  'durationchange',
  'loadedmetadata',
  'waiting',
  'stalled',
  'seeked',
  'error',
] as const;

function pauseOthers(audio: HTMLAudioElement): void {
  if (playingNow !== audio) playingNow?.pause();
  playingNow = audio;
}

function openAgain(audio: HTMLAudioElement): void {
  const atS = audio.currentTime;
  audio.load();
  audio.addEventListener(
    'loadedmetadata',
    () => {
      if (audio.duration - atS < 0.5) return; // nothing new: the call has ended, or it is silent on the wire
      audio.currentTime = atS;
      play(audio);
    },
    { once: true },
  );
}
