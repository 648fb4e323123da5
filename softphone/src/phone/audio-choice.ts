/** Which microphone, which speaker and where it rings: chosen for this browser, kept in it. Empty: what the system has chosen. */

export interface AudioChoice {
  readonly microphone: string;
  readonly speaker: string;
  readonly ringer: string;
}

const storageKey = 'trunkline.audio';
const system: AudioChoice = { microphone: '', speaker: '', ringer: '' };
const watchers = new Set<() => void>();
let choice: AudioChoice = stored();

export const audioChoice = (): AudioChoice => choice;

export function chooseAudio(change: Partial<AudioChoice>): void {
  choice = { ...choice, ...change };
  localStorage.setItem(storageKey, JSON.stringify(choice));
  for (const watcher of watchers) watcher();
}

export function watchAudioChoice(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function stored(): AudioChoice {
  return typeof localStorage === 'undefined' ? system : audioChoiceIn(localStorage.getItem(storageKey) ?? '{}');
}

/** What was kept in the browser; the system's devices where it cannot be read. */
export function audioChoiceIn(text: string): AudioChoice {
  const kept = parsed(text);
  const textOf = (name: keyof AudioChoice): string => {
    const value: unknown = typeof kept === 'object' && kept !== null ? Reflect.get(kept, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { microphone: textOf('microphone'), speaker: textOf('speaker'), ringer: textOf('ringer') };
}

/** Anything on the disk may be broken; the page comes up all the same, and the next choice overwrites it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
