// When a SUBSCRIBE dialog is over: after the NOTIFY that says `terminated`, or when its time is up and nobody said anything
// (RFC 6665 §4.1.2, §4.4.1).

import type { Core } from '../core';
import type { Headers } from '../message/headers';
import { TRANSACTION_MS } from '../transaction/timers';
import type { Dialog } from './dialog';

const DEFAULT_SECONDS = 3600;
const SWEEP_MS = 60_000;

export function saysTerminated(headers: Headers): boolean {
  return /^\s*terminated/i.test(headers.first('subscription-state') ?? '');
}

/** Notes how long the subscription lives: what the 2xx granted, else what was asked. */
export function noteExpiry(core: Core, dialog: Dialog, { granted, asked }: { granted: Headers; asked: Headers }): void {
  const text = granted.first('expires') ?? asked.first('expires') ?? '';
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : DEFAULT_SECONDS;
  dialog.expiresMs = core.clock.nowMs() + seconds * 1000 + TRANSACTION_MS;
}

/** Looks now and then for subscriptions whose time is up. Returns what stops it. */
export function sweepSubscriptions(core: Core): () => void {
  let timer = core.clock.after(SWEEP_MS, sweep);
  function sweep(): void {
    core.dialogs.removeExpired(core.clock.nowMs());
    timer = core.clock.after(SWEEP_MS, sweep);
  }
  return () => core.clock.cancel(timer);
}
