/** Tells when the connection is not to be trusted any more: the network came back or changed, or the computer slept. */
import { every, now } from '../clock';
import type { PhoneEvent } from './phone-event';

const lookEveryMs = 2_000;
/** Timers of a hidden page run once a minute at the least: a longer gap is sleep. */
const sleptMs = 90_000;

export function watchNetwork(post: (event: PhoneEvent) => void): void {
  const changed = (): void => post({ type: 'network-changed' });
  addEventListener('online', changed);
  document.addEventListener('resume', changed); // of a frozen page (Page Lifecycle)
  if ('connection' in navigator && navigator.connection instanceof EventTarget)
    watchConnection(navigator.connection, post);
  if ('mediaDevices' in navigator)
    navigator.mediaDevices.addEventListener('devicechange', () => post({ type: 'devices-changed' }));
  let last = now();
  every(lookEveryMs, () => {
    const at = now();
    if (at - last > sleptMs) changed();
    last = at;
  });
}

/** Chromium tells each new estimate of the speed the same way; the kind of network it knows on a mobile, not on a desktop. */
export function watchConnection(connection: EventTarget, post: (event: PhoneEvent) => void): void {
  let kind = kindOf(connection);
  connection.addEventListener('change', () => {
    const before = kind;
    kind = kindOf(connection);
    post({ type: kind === before ? 'path-doubted' : 'network-changed' });
  });
}

const kindOf = (connection: EventTarget): unknown => ('type' in connection ? connection.type : undefined);
