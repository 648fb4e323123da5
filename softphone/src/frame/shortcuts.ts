/**
 * The keys of the page, as data: which are pressed, where they count and what they do in words. Who can do it says so with
 * `useShortcuts` while it is on the screen; the help of the page lists those that somebody can do at present.
 * Keys of `keys` are pressed one after the other; a modifier stands before its key: `Alt+a`. Only such work while one types.
 */
import type { TextKey } from '../text/text';

/** `phone` counts in a dialog too: a call does not wait until it is closed. */
export type ShortcutScope = 'pages' | 'anywhere' | 'list' | 'phone';

export interface Shortcut {
  readonly keys: readonly string[];
  readonly scope: ShortcutScope;
  readonly says: TextKey;
}

const all = {
  'go-leads': { keys: ['g', 'l'], scope: 'pages', says: 'nav.leads' },
  'go-clients': { keys: ['g', 'k'], scope: 'pages', says: 'nav.clients' },
  'go-deals': { keys: ['g', 'd'], scope: 'pages', says: 'nav.deals' },
  'go-calls': { keys: ['g', 'c'], scope: 'pages', says: 'nav.calls' },
  'go-messages': { keys: ['g', 'm'], scope: 'pages', says: 'nav.messages' },
  'go-queues': { keys: ['g', 'q'], scope: 'pages', says: 'nav.queues' },
  'go-reports': { keys: ['g', 'r'], scope: 'pages', says: 'nav.reports' },
  'go-alarms': { keys: ['g', 'a'], scope: 'pages', says: 'alarms.title' },
  'go-me': { keys: ['g', 'h'], scope: 'pages', says: 'me.title' },
  'go-settings': { keys: ['g', 's'], scope: 'pages', says: 'nav.settings' },
  search: { keys: ['/'], scope: 'anywhere', says: 'keys.search' },
  help: { keys: ['?'], scope: 'anywhere', says: 'keys.help' },
  close: { keys: ['Escape'], scope: 'anywhere', says: 'keys.close' },
  'list-next': { keys: ['j'], scope: 'list', says: 'keys.next' },
  'list-previous': { keys: ['k'], scope: 'list', says: 'keys.previous' },
  'list-open': { keys: ['Enter'], scope: 'list', says: 'keys.open' },
  'phone-dial': { keys: ['d'], scope: 'anywhere', says: 'keys.dial' },
  'phone-answer': { keys: ['Alt+a'], scope: 'phone', says: 'keys.answer' },
  'phone-decline': { keys: ['Alt+x'], scope: 'phone', says: 'keys.decline' },
  'phone-mute': { keys: ['Alt+m'], scope: 'phone', says: 'keys.mute' },
  'phone-hold': { keys: ['Alt+h'], scope: 'phone', says: 'keys.hold' },
  'phone-hang-up': { keys: ['Alt+q'], scope: 'phone', says: 'keys.hang-up' },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutId = keyof typeof all;
export const shortcuts: Readonly<Record<ShortcutId, Shortcut>> = all;
