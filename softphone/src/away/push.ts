/**
 * Being told while the page is closed: this browser's subscription to Web Push, wished for by the person, and where a click
 * on a notice leads in a page that is open.
 */
import { get, post, put } from '../api/request';

/** `not-here`: this browser cannot. `denied`: the person has forbidden notices of this site in the browser. */
export type PushState = 'not-here' | 'denied' | 'off' | 'on';

export const serviceWorkerPath = '/service-worker.js';

const canPush = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;

/** Where there is no HTTPS there is none; the page works without it. */
export async function startServiceWorker(): Promise<void> {
  if ('serviceWorker' in navigator) await navigator.serviceWorker.register(serviceWorkerPath);
}

export async function pushState(): Promise<PushState> {
  if (!canPush()) return 'not-here';
  if (Notification.permission === 'denied') return 'denied';
  return (await ownSubscription()) === null ? 'off' : 'on';
}

/** Asks the person, then the browser, then tells the server. Answers what came of it; rejects where the server refuses. */
export async function turnPushOn(): Promise<PushState> {
  if (!canPush()) return 'not-here';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const { publicKey } = await get<{ readonly publicKey: string }>('/api/push/key');
  const worker = await navigator.serviceWorker.ready;
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  await tellServer(made);
  return 'on';
}

export async function turnPushOff(): Promise<PushState> {
  const subscription = await ownSubscription();
  if (subscription !== null) {
    await post('/api/push/unsubscribe', { endpoint: subscription.endpoint });
    await subscription.unsubscribe();
  }
  return 'off';
}

/** After a log-in: the subscription of this browser belongs to whoever is logged in now. */
export async function renewPush(): Promise<void> {
  const subscription = canPush() ? await ownSubscription() : null;
  if (subscription !== null) await tellServer(subscription);
}

/** A click on a notice while a page is open goes there in that page. */
export function watchNoticeClicks(go: (path: string) => void): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined;
  const hear = ({ data }: MessageEvent<unknown>): void => {
    const path = typeof data === 'object' && data !== null && 'path' in data ? data.path : undefined;
    if (typeof path === 'string' && path.startsWith('/')) go(path);
  };
  navigator.serviceWorker.addEventListener('message', hear);
  return () => navigator.serviceWorker.removeEventListener('message', hear);
}

async function ownSubscription(): Promise<PushSubscription | null> {
  const worker = await navigator.serviceWorker.getRegistration(serviceWorkerPath);
  return (await worker?.pushManager.getSubscription()) ?? null;
}

async function tellServer(subscription: PushSubscription): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  await put('/api/push/subscription', { endpoint, keys: { p256dh: keys?.['p256dh'], auth: keys?.['auth'] } });
}
