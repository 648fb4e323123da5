/**
 * Session timers (RFC 4028): a call whose other end has vanished ends by itself. Who of the two refreshes, how often, what
 * a refused refresh means. Pure: the clock and chance are inputs; refresh-session.ts does what is decided here.
 *
 *   we refresh     fresh ──half of the interval──▶ refresh ──2xx──▶ fresh     (──408, 481, or none in time──▶ ended)
 *   they refresh   fresh ──their refresh──▶ fresh      fresh ──interval less min(32 s, a third)──▶ ended
 */
import { paramsOf } from './header-values';
import { tagsIn } from './option-tags';
import { headerOf } from './srf-message';

/** What two ends agreed on. */
export interface SessionTerms {
  readonly intervalS: number;
  readonly refresher: 'us' | 'them';
}

interface Message {
  readonly headers: Readonly<Record<string, string>>;
}

/** What we ask for, and the least we take (sections 4 and 5). */
export const sessionIntervalS = 1800;
export const sessionMinS = 90;
/** An interval that a peer asks for at the most; a longer one guards nothing. */
const intervalMaxS = 86_400;

export interface SessionExpires {
  readonly seconds: number;
  readonly refresher?: 'uac' | 'uas';
}

export function sessionExpiresIn(message: Message): SessionExpires | undefined {
  const text = headerOf(message, 'session-expires') ?? '';
  const semicolon = text.indexOf(';');
  const seconds = digits(semicolon === -1 ? text : text.slice(0, semicolon));
  if (seconds === undefined) return undefined;
  const refresher = semicolon === -1 ? undefined : paramsOf(text.slice(semicolon)).get('refresher')?.toLowerCase();
  return refresher === 'uac' || refresher === 'uas' ? { seconds, refresher } : { seconds };
}

export const minSeIn = (message: Message): number =>
  Math.max(sessionMinS, digits((headerOf(message, 'min-se') ?? '').split(';', 1)[0] ?? '') ?? 0);

function digits(text: string): number | undefined {
  const trimmed = text.trim();
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** Fields of a request of ours that begins or refreshes a session. */
export function sessionAsked(of: { readonly intervalS: number; readonly minS: number; readonly refresher?: 'uac' }): {
  readonly 'Session-Expires': string;
  readonly 'Min-SE': string;
} {
  const refresher = of.refresher === undefined ? '' : `;refresher=${of.refresher}`;
  return { 'Session-Expires': `${of.intervalS}${refresher}`, 'Min-SE': String(of.minS) };
}

/** What the 2xx to a request of ours agrees to (section 7.2); undefined: no timer runs. */
export function termsAgreed(response: Message): SessionTerms | undefined {
  const agreed = sessionExpiresIn(response);
  if (agreed === undefined) return undefined;
  const intervalS = Math.max(sessionMinS, Math.min(intervalMaxS, agreed.seconds));
  return { intervalS, refresher: agreed.refresher === 'uas' ? 'them' : 'us' };
}

export type SessionAnswer =
  /** They know no session timers, so none runs. */
  | { readonly kind: 'none' }
  /** 422 with our Min-SE (section 9). */
  | { readonly kind: 'too-small' }
  | { readonly kind: 'timer'; readonly terms: SessionTerms; readonly headers: Readonly<Record<string, string>> };

/** What we answer an INVITE or UPDATE of theirs; `now`: the terms that run already keep their refresher. */
export function sessionAnswer(request: Message, now: SessionTerms | undefined): SessionAnswer {
  const tags = [...tagsIn(headerOf(request, 'supported')), ...tagsIn(headerOf(request, 'require'))];
  if (!tags.includes('timer')) return { kind: 'none' };
  const asked = sessionExpiresIn(request);
  if (asked !== undefined && asked.seconds < sessionMinS) return { kind: 'too-small' };
  const intervalS = Math.max(minSeIn(request), Math.min(asked?.seconds ?? sessionIntervalS, sessionIntervalS));
  const refresher = asked?.refresher ?? refresherFor(request, now);
  return {
    kind: 'timer',
    terms: { intervalS, refresher: refresher === 'uas' ? 'us' : 'them' },
    headers: { Require: 'timer', 'Session-Expires': `${intervalS};refresher=${refresher}` },
  };
}

/** We refresh where we may choose, since we do it without touching the audio; that takes UPDATE. */
function refresherFor(request: Message, now: SessionTerms | undefined): 'uac' | 'uas' {
  if (now !== undefined) return now.refresher === 'us' ? 'uas' : 'uac';
  return allowsUpdate(request) ? 'uas' : 'uac';
}

export const allowsUpdate = (message: Message): boolean => tagsIn(headerOf(message, 'allow')).includes('update');

/** What comes next after a refresh, and how long after it. */
export function nextStep({ intervalS, refresher }: SessionTerms): {
  readonly do: 'refresh' | 'end';
  readonly afterMs: number;
} {
  if (refresher === 'us') return { do: 'refresh', afterMs: (intervalS / 2) * 1000 };
  return { do: 'end', afterMs: endsAfterMs(intervalS) };
}

/** Section 10: a little before the interval is over. */
export const endsAfterMs = (intervalS: number): number => (intervalS - Math.min(32, intervalS / 3)) * 1000;

export type RefreshOutcome =
  /** Undefined: they have no timer any more. */
  | { readonly kind: 'fresh'; readonly terms: SessionTerms | undefined }
  | { readonly kind: 'again'; readonly afterMs: number; readonly minS?: number; readonly by?: 'INVITE' }
  | { readonly kind: 'gone' };

export interface RefreshTry {
  readonly method: 'UPDATE' | 'INVITE';
  /** The dialog's Call-ID is ours: then we wait longer after glare (RFC 3261 section 14.1). */
  readonly ownsCallId: boolean;
  /** 0 to 1. */
  readonly chance: number;
  /** Until the session ends if nothing refreshes it. */
  readonly leftMs: number;
}

export function outcomeOf(response: Message & { readonly status: number }, tried: RefreshTry): RefreshOutcome {
  const { status } = response;
  if (status < 300) return { kind: 'fresh', terms: termsAgreed(response) };
  if (status === 408 || status === 481) return { kind: 'gone' };
  if (status === 422) return { kind: 'again', afterMs: 500, minS: Math.min(intervalMaxS, minSeIn(response)) };
  if (status === 491) return { kind: 'again', afterMs: glareMs(tried) };
  if ((status === 405 || status === 501) && tried.method === 'UPDATE')
    return { kind: 'again', afterMs: 0, by: 'INVITE' };
  const retryAfterS = digits((headerOf(response, 'retry-after') ?? '').split(/[;(]/, 1)[0] ?? '');
  const afterMs = retryAfterS === undefined ? Math.max(5_000, tried.leftMs / 2) : Math.max(1, retryAfterS) * 1000;
  return { kind: 'again', afterMs };
}

/** Ours the Call-ID: 2.1 to 4 s; theirs: 0 to 2 s; in steps of 10 ms. */
export function glareMs({ ownsCallId, chance }: Pick<RefreshTry, 'ownsCallId' | 'chance'>): number {
  return ownsCallId ? 2_100 + Math.floor(chance * 190) * 10 : Math.floor(chance * 200) * 10;
}
