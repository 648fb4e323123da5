/** Joins Web Push to what it tells about: calls as the switchboard changes them, and notices as they are written. */
import type { UserId } from '../call-router/values/ids';
import type { AskReading } from './api/deps';
import type { Clock } from './clock';
import type { WatchedDatabase } from './database-writes';
import { openPushKeys } from './push/push-keys';
import { CallTeller } from './push/tell-of-calls';
import { noticeTeller } from './push/tell-of-notices';
import type { Switchboard } from './switchboard';

export interface PushWires extends Pick<WatchedDatabase, 'onWrite'> {
  readonly board: Pick<Switchboard, 'view' | 'observe' | 'post'>;
  readonly reading: AskReading;
  readonly clock: Clock;
  readonly log: { readonly warn: (fields: object, message: string) => void };
  /** A page of this log-in is open, and its scripts run. */
  readonly isOpen: (loginId: string) => boolean;
}

export interface RunningPush {
  readonly wake: CallTeller['wake'];
  /** A browser of this person wants to be told from now on. */
  readonly wanted: (user: UserId) => void;
  /** Resolves when nothing is under way. */
  readonly stop: () => Promise<void>;
}

/** Whom a push service may ask about us, where no e-mail is set up. */
const nobodysAddress = 'mailto:administrator@trunkline.invalid';

export async function startPush({ board, onWrite, reading, clock, log, isOpen }: PushWires): Promise<RunningPush> {
  const contact = async (): Promise<string> => {
    const mail = await reading('get-mail-settings', undefined);
    return mail === undefined ? nobodysAddress : `mailto:${mail.from}`;
  };
  const parts = { reading, clock, keys: openPushKeys(reading), contact, log, isOpen };
  const calls = await CallTeller.start({ ...parts, view: board.view, post: board.post });
  const notices = noticeTeller(parts);
  board.observe(calls.observe);
  onWrite(notices.wrote);
  return {
    wake: calls.wake,
    wanted: calls.wanted,
    stop: async () => void (await Promise.all([calls.settled(), notices.settled()])),
  };
}
