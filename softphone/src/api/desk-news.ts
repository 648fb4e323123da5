/**
 * What the desk socket tells, kept for the pages: live calls, counts and notices go where the answers of the REST API are kept; the cards of calls,
 * how colleagues stand and the quality of a watched call are here. Without the socket the pages ask by REST, as before.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { CallCard, LegQualityNow, Presence, ToDesk } from '../../../server/api/desk-messages';
import { keepNews } from './desk-caches';
import { deskSocket } from './desk-socket';

interface DeskNews {
  readonly cards: ReadonlyMap<string, CallCard>;
  readonly presence: ReadonlyMap<string, Presence>;
  readonly quality: ReadonlyMap<string, readonly LegQualityNow[]>;
}

/** Of calls that are over: the one that was, and a few before it. */
const cardsMax = 12;
const nothing: DeskNews = { cards: new Map(), presence: new Map(), quality: new Map() };
const watchers = new Set<() => void>();
let news: DeskNews = nothing;

export const useCallCard = (callId: string | undefined): CallCard | undefined =>
  useSyncExternalStore(watch, () => (callId === undefined ? undefined : news.cards.get(callId)));
export const usePresence = (): ReadonlyMap<string, Presence> => useSyncExternalStore(watch, () => news.presence);
export const useQuality = (callId: string | undefined): readonly LegQualityNow[] | undefined =>
  useSyncExternalStore(watch, () => (callId === undefined ? undefined : news.quality.get(callId)));

/** While the socket tells what is new nobody has to ask; this finds what it might have missed. */
const toldRefetchMs = 60_000;
const isTold = (): boolean => deskSocket.state() === 'open';

/** When to ask for what the socket tells, too: as often as given where it does not. Changes with the socket. */
export function useRefetch(untoldMs: number): { readonly refetchInterval: number; readonly staleTime?: number } {
  const told = useSyncExternalStore(deskSocket.watch, isTold);
  return told ? { refetchInterval: toldRefetchMs, staleTime: toldRefetchMs } : { refetchInterval: untoldMs };
}

/** While somebody is logged in: once in the shell. */
export function useDeskNews(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const stop = deskSocket.subscribe((message) => take(queries, message));
    deskSocket.open();
    const back = (): void => deskSocket.retryNow();
    const gone = (): void => deskSocket.noteNetworkLost();
    addEventListener('online', back);
    addEventListener('offline', gone);
    return () => {
      removeEventListener('online', back);
      removeEventListener('offline', gone);
      stop();
      deskSocket.close();
      change(nothing);
    };
  }, [queries]);
}

/** The quality of this call is told every five seconds while it is shown. */
export function useWatchQuality(callId: string | undefined): void {
  useEffect(() => {
    if (callId === undefined) return undefined;
    const ask = (): void => deskSocket.send({ type: 'watch-quality', callId });
    ask();
    const stop = deskSocket.watch(ask); // the server forgets with the socket
    return () => {
      stop();
      deskSocket.send({ type: 'watch-quality' });
    };
  }, [callId]);
}

function take(queries: QueryClient, message: ToDesk): void {
  keepNews(queries, message);
  switch (message.type) {
    case 'call-gone':
      return change({ ...news, quality: without(news.quality, message.callId) });
    case 'call-card':
      return change({ ...news, cards: newest(news.cards, message.card) });
    case 'presence':
      return change({
        ...news,
        presence: new Map([...news.presence, ...message.people.map((one) => [one.userId, one] as const)]),
      });
    case 'quality':
      return change({ ...news, quality: new Map([...news.quality, [message.callId, message.legs]]) });
    default:
      return undefined; // kept with the answers of REST
  }
}

function newest(cards: DeskNews['cards'], card: CallCard): DeskNews['cards'] {
  return new Map([...[...cards].filter(([id]) => id !== card.callId), [card.callId, card] as const].slice(-cardsMax));
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  return new Map([...map].filter(([one]) => one !== key));
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function change(next: DeskNews): void {
  news = next;
  for (const watcher of [...watchers]) watcher();
}
