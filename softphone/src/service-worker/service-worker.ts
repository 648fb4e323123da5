/// <reference lib="webworker" />
/**
 * The part of the pages that lives while they are closed: shows what the server tells (Web Push), leads a click to the right
 * place, and stands in with a page of its own where the service cannot be reached. It keeps no copy of the pages: they come
 * from the server, so nobody works with old ones.
 */
import type { PushMessage } from '../../../server/api/push-messages';
import { offlinePage } from './offline-page';

declare const self: ServiceWorkerGlobalScope;

const icon = '/icon-192.png';
/** Ring, pause, ring: felt through a pocket. */
const ringPattern = [400, 200, 400, 200, 400];

interface Shown {
  readonly path: string;
  readonly answerPath: string | undefined;
}

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return;
  event.respondWith(fetch(event.request).catch(() => offline()));
});

self.addEventListener('push', (event) => {
  const message = readMessage(event.data);
  if (message !== undefined) event.waitUntil(show(message));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const shown = event.notification.data as Shown; // set by show() below
  event.waitUntil(open(event.action === 'answer' ? (shown.answerPath ?? shown.path) : shown.path));
});

function offline(): Response {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  return new Response(offlinePage(self.navigator.languages), { status: 503, headers });
}

/** Only our server has the keys to write one; what cannot be read was written by another version of it. */
function readMessage(data: PushMessageData | null): PushMessage | undefined {
  try {
    return data?.json() as PushMessage | undefined; // the border: encrypted by our own server
  } catch {
    return undefined;
  }
}

function show({ title, body, tag, path, answer, rings }: PushMessage): Promise<void> {
  const data: Shown = { path, answerPath: answer?.path };
  return self.registration.showNotification(title, {
    body,
    tag,
    icon,
    badge: icon,
    data,
    requireInteraction: rings,
    // A call that is over takes the place of its ringing without a sound of its own.
    ...(rings ? { renotify: true, vibrate: ringPattern } : { silent: false }),
    ...(answer === undefined ? {} : { actions: [{ action: 'answer', title: answer.title }] }),
  } as NotificationOptions);
}

/** A page that is open goes there; else a new one is opened. */
async function open(path: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find((one) => one.focused) ?? pages[0];
  if (page === undefined) return void (await self.clients.openWindow(path));
  page.postMessage({ type: 'open', path });
  await page.focus();
}
