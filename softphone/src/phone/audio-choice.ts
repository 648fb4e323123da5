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
  if (typeof localStorage === 'undefined') return system;
  const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
  const textOf = (name: keyof AudioChoice): string => {
    const value: unknown = typeof kept === 'object' && kept !== null ? Reflect.get(kept, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { microphone: textOf('microphone'), speaker: textOf('speaker'), ringer: textOf('ringer') };
}
