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
  readonly seek: (toS: number) => void;
}

interface Source {
  readonly element: RefObject<HTMLAudioElement | null>;
  /** What is known before the file says it. */
  readonly lengthS: number;
  readonly isRunning: boolean;
}

let playingNow: HTMLAudioElement | undefined;

export function usePlayback({ element, lengthS, isRunning }: Source): Playback {
  const [seen, setSeen] = useState({ isPlaying: false, isWaiting: false, failed: false, atS: 0, lengthS });
  useEffect(() => {
    const audio = element.current;
    if (!audio) return undefined;
    const look = (event: Event) => {
      if (event.type === 'play') pauseOthers(audio);
      if (event.type === 'ended' && isRunning) openAgain(audio);
      setSeen((before) => ({
        isPlaying: !audio.paused && !audio.ended,
        isWaiting: event.type === 'waiting' || event.type === 'stalled',
        failed: audio.error !== null,
        atS: audio.currentTime,
        lengthS: Number.isFinite(audio.duration) && audio.duration > 0 ? audio.duration : before.lengthS,
      }));
    };
    for (const name of watched) audio.addEventListener(name, look);
    return () => {
      for (const name of watched) audio.removeEventListener(name, look);
      audio.pause();
      if (playingNow === audio) playingNow = undefined;
    };
  }, [element, isRunning]);

  const toggle = useCallback(() => {
    const audio = element.current;
    if (!audio) return;
    if (audio.error) audio.load();
    if (audio.paused) play(audio);
    else audio.pause();
  }, [element]);
  const seek = useCallback(
    (toS: number) => {
      if (element.current) element.current.currentTime = toS;
      setSeen((before) => ({ ...before, atS: toS }));
    },
    [element],
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
