/**
 * Browsers keep a page silent in which nobody has clicked or pressed a key yet (HTML, "allowed to play"). What was to sound then is
 * begun again with the first click or key, and until then the page can say so.
 */
import { audioContext } from './audio-context';

type Playable = Pick<HTMLMediaElement, 'play' | 'srcObject'>;

interface SoundParts {
  /** Where clicks and keys are heard. */
  readonly gestures: () => EventTarget;
  readonly wake: () => void;
}

const gestureNames = ['click', 'keydown'];

export class SoundPermission {
  private readonly parts: SoundParts;
  private readonly waiting = new Set<Playable>();
  private readonly watchers = new Set<() => void>();

  constructor(parts: SoundParts) {
    this.parts = parts;
  }

  /** Something that should be heard is not. */
  readonly isRefused = (): boolean => this.waiting.size > 0;

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  async play(element: Playable): Promise<void> {
    try {
      await element.play();
      this.forget(element);
    } catch (error) {
      const isRefusal = error instanceof Error && error.name === 'NotAllowedError';
      // Anything else: it was stopped before it began. So may one be that was refused.
      if (isRefusal && element.srcObject !== null) this.wait(element);
    }
  }

  /** It need not be heard any more. */
  forget(element: Playable): void {
    if (!this.waiting.delete(element)) return;
    if (this.waiting.size === 0)
      for (const name of gestureNames) this.parts.gestures().removeEventListener(name, this.again, { capture: true });
    this.changed();
  }

  private wait(element: Playable): void {
    this.waiting.add(element);
    for (const name of gestureNames) this.parts.gestures().addEventListener(name, this.again, { capture: true });
    this.changed();
  }

  private readonly again = (): void => {
    this.parts.wake();
    for (const element of this.waiting) void this.play(element);
  };

  private changed(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}

/** The page's own. */
export const soundPermission = new SoundPermission({ gestures: () => document, wake: () => void audioContext() });
