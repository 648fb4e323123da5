/**
 * The one listener for the keys of the page. Parts of the page say what they can do with `useShortcuts` while they are shown;
 * of two that can do the same, the later one does it. Single keys can be turned off (WCAG 2.2, 2.1.4); the choice is kept in this browser.
 */
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { type Begun, hasModifier, pressKey } from './shortcut-keys';
import { type ShortcutId, shortcuts } from './shortcuts';

/** `itself`: the part listens to the key on its own; it is only told in the help. */
type Doing = (() => void) | 'itself';
export type Doings = { readonly [id in ShortcutId]?: Doing };

const storageKey = 'trunkline.single-keys';
const watchers = new Set<() => void>();
let offered: readonly Doings[] = [];
let available: readonly ShortcutId[] = [];
let begun: Begun | undefined;

/** While the part is shown, these keys do these things. */
export function useShortcuts(doings: Doings): void {
  const does = useEffectEvent((id: ShortcutId) => {
    const doing = doings[id];
    if (typeof doing === 'function') doing();
  });
  // What they do may change with each render; which they are, seldom.
  const names = Object.keys(doings).filter(isShortcut);
  const told = names.filter((id) => doings[id] === 'itself').join(' ');
  const done = names.filter((id) => typeof doings[id] === 'function').join(' ');
  useEffect(() => {
    const mine: Doings = {
      ...Object.fromEntries(idsIn(told).map((id) => [id, 'itself' as const])),
      ...Object.fromEntries(idsIn(done).map((id) => [id, () => does(id)])),
    };
    offer([...offered, mine]);
    return () => offer(offered.filter((each) => each !== mine));
  }, [told, done]);
}

/** What can be done by key at present, in the order of the table. */
export const useAvailableShortcuts = (): readonly ShortcutId[] => useSyncExternalStore(watch, () => available);

/** Whether keys without a modifier do anything; kept in this browser. */
export const useSingleKeys = (): boolean => useSyncExternalStore(watch, hasSingleKeys);

export function setSingleKeys(chosen: 'on' | 'off'): void {
  if (chosen === 'on') localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, 'off');
  for (const watcher of watchers) watcher();
}

/** Begins to listen; the answer ends it. */
export function listenToKeys(): () => void {
  addEventListener('keydown', pressed);
  return () => removeEventListener('keydown', pressed);
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
  const isPlain = !hasModifier(event);
  if (isPlain && (isTyping(event.target) || !hasSingleKeys())) return;
  const isInDialog = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
  const ids = available.filter((id) => doingOf(id) !== 'itself' && (!isInDialog || shortcuts[id].scope === 'phone'));
  const completed = pressKey(event, begun, ids);
  begun = completed.begun;
  if (completed.id === undefined) return;
  const doing = doingOf(completed.id);
  if (typeof doing !== 'function') return;
  event.preventDefault();
  doing();
}

const doingOf = (id: ShortcutId): Doing | undefined => offered.findLast((doings) => doings[id] !== undefined)?.[id];
const isShortcut = (id: string): id is ShortcutId => id in shortcuts;
const idsIn = (words: string): readonly ShortcutId[] => words.split(' ').filter(isShortcut);
const hasSingleKeys = (): boolean => localStorage.getItem(storageKey) === null;
const isModifier = (key: string): boolean => ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(key);

/** Also where letters choose: a select, an open menu. */
function isTyping(target: EventTarget | null): boolean {
  const typedIn = 'input, textarea, select, [contenteditable], [role="menu"], [role="menu"] *, [role="listbox"] *';
  return target instanceof HTMLElement && target.matches(typedIn);
}

function offer(doings: readonly Doings[]): void {
  offered = doings;
  available = Object.keys(shortcuts)
    .filter(isShortcut)
    .filter((id) => doingOf(id) !== undefined);
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
