/**
 * Which language and clock the page uses: those the person chose (kept on the server), else the browser's. What was used last is
 * remembered in this browser, so that the page begins in it before it knows who is there.
 */
import { useEffect, useSyncExternalStore } from 'react';
import { type Language, languages } from '../../../call-router/state/office';
import type { Preferences } from '../../../server/api/messages';
import { languageOf, loadCatalogue } from './languages';
import { language as languageNow, languageTag, speak } from './text';
import { isZone, setZone } from './zone';

const storageKey = 'trunkline.language';
const watchers = new Set<() => void>();
let version = 0;
let wanted: Language | undefined;

/** Before the first render. Without the catalogue, for instance offline, the page speaks English. */
export async function beginSpeaking(): Promise<void> {
  const kept = localStorage.getItem(storageKey);
  await switchTo(languages.find((one) => one === kept) ?? browserLanguage());
}

/** In use from now on, and rendered once its words are here. A later choice wins over a slower earlier one. */
export async function applyPreferences({ language, zone }: Preferences): Promise<void> {
  setZone(zone !== undefined && isZone(zone) ? zone : undefined);
  changed();
  await switchTo(language ?? browserLanguage());
}

/** Renders its user again when the page speaks another language or shows another clock. */
export const useSpoken = (): number => useSyncExternalStore(watch, () => version);

/** Follows what the person chose; undefined while nobody is known. */
export function usePreferencesOf(person: Preferences | undefined): void {
  const { language, zone } = person ?? {};
  const isKnown = person !== undefined;
  useEffect(() => {
    if (!isKnown) return;
    void applyPreferences({
      ...(language === undefined ? {} : { language }),
      ...(zone === undefined ? {} : { zone }),
    });
  }, [isKnown, language, zone]);
}

export const browserLanguage = (): Language => languageOf(navigator.languages);

/** Speaks it, and remembers it for the next load. */
export async function switchTo(language: Language): Promise<void> {
  wanted = language;
  document.documentElement.lang = languageTag();
  if (language === languageNow()) return;
  try {
    const catalogue = await loadCatalogue(language);
    if (wanted !== language) return;
    speak(language, catalogue);
  } catch {
    return; // the page stays in the language it speaks; the next load asks again
  }
  localStorage.setItem(storageKey, language);
  document.documentElement.lang = languageTag();
  changed();
}

function changed(): void {
  version += 1;
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
