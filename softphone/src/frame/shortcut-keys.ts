/**
 * Which shortcut a pressed key completes. Pure. A key is named by what it writes; where the keyboard writes no Latin (Thai,
 * Korean) or Alt changes what is written, by its place on the keyboard.
 */
import { type Shortcut, type ShortcutId, shortcuts } from './shortcuts';

export interface PressedKey {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  /** Milliseconds of any one clock. */
  readonly timeStamp: number;
}

/** Keys pressed so far of a shortcut that has more than one. */
export interface Begun {
  readonly keys: readonly string[];
  readonly at: number;
}

export interface Completed {
  readonly id: ShortcutId | undefined;
  readonly begun: Begun | undefined;
}

/** Between two keys of one shortcut. */
const betweenKeysMsMax = 1500;

/** @param ids those that can be done now. */
export function pressKey(pressed: PressedKey, begun: Begun | undefined, ids: readonly ShortcutId[]): Completed {
  const isInTime = begun !== undefined && pressed.timeStamp - begun.at <= betweenKeysMsMax;
  const name = keyName(pressed);
  const before = isInTime ? begun.keys : [];
  const found = matching([...before, name], ids) ?? matching([name], ids);
  if (found === undefined) return { id: undefined, begun: undefined };
  if (found.isWhole) return { id: found.id, begun: undefined };
  return { id: undefined, begun: { keys: found.keys, at: pressed.timeStamp } };
}

/** `Alt+a`, `g`, `?`, `Escape`. */
export function keyName(pressed: PressedKey): string {
  const modifiers = [
    pressed.ctrlKey ? 'Ctrl+' : '',
    pressed.metaKey ? 'Meta+' : '',
    pressed.altKey ? 'Alt+' : '',
    pressed.shiftKey && pressed.key.length > 1 ? 'Shift+' : '',
  ];
  const isLatin = /^[\x20-\x7e]$/.test(pressed.key) || /^[A-Z][A-Za-z0-9]+$/.test(pressed.key);
  const key = isLatin && !pressed.altKey && pressed.key !== 'Process' ? pressed.key : placeName(pressed);
  return modifiers.join('') + (key.length === 1 ? key.toLowerCase() : key);
}

/** True where it may be meant while somebody types. */
export const hasModifier = ({ altKey, ctrlKey, metaKey }: PressedKey): boolean => altKey || ctrlKey || metaKey;

function placeName({ key, code, shiftKey }: PressedKey): string {
  if (code === 'Slash') return shiftKey ? '?' : '/';
  return /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? key;
}

interface Found {
  readonly id: ShortcutId;
  readonly keys: readonly string[];
  readonly isWhole: boolean;
}

function matching(keys: readonly string[], ids: readonly ShortcutId[]): Found | undefined {
  const fits = ids.filter((id) => keys.every((key, place) => shortcuts[id].keys[place] === key));
  const whole = fits.find((id) => shortcuts[id].keys.length === keys.length);
  const id = whole ?? fits[0];
  return id === undefined ? undefined : { id, keys, isWhole: whole !== undefined };
}

/** As it stands on the key cap. */
export const keyCap = (key: Shortcut['keys'][number]): string => (key === 'Escape' ? 'Esc' : key);
