/**
 * Carries out what the router wants kept: hands each write to the *calls* thread, and keeps what could not be written until it can
 * be, the newest of each thing (unsaved-writes.ts). Answers with events. Returns at once, never throws.
 */
import type { StoreEffect } from '../call-router/effect';
import type { StoreEvent } from '../call-router/event';
import type { MailboxCount } from '../call-router/state/person';
import { assertNever } from '../call-router/values/assert';
import type { CallRecord } from '../call-router/values/cdr';
import { callOfLeg, epochMs } from '../call-router/values/ids';
import type { Clock } from './clock';
import type { CallOperations } from './operations';
import type { Ask } from './thread-messages';
import { UnsavedWrites } from './unsaved-writes';

export interface StoreRunnerParts {
  /** Of the *calls* thread. */
  readonly ask: Ask<CallOperations>;
  readonly post: (event: StoreEvent) => void;
  readonly clock: Clock;
  /** Random, 128 bits. */
  readonly newId: () => string;
  /** Gets ids and the error only. */
  readonly log: {
    readonly warn: (fields: object, message: string) => void;
    readonly error: (fields: object, message: string) => void;
  };
  /** Of records that wait. Default 20,000. */
  readonly entriesMax?: number;
}

export interface StoreRunner {
  readonly run: (effect: StoreEffect) => void;
  /** Records wait for a database that refuses them. */
  readonly isFailing: () => boolean;
  /** How many calendars were turned by their code so far. */
  readonly calendarsTurned: () => number;
  /** Resolves when those turned so far were tried once. */
  readonly calendarsTried: () => Promise<unknown>;
  /** Alarms raised so far, by kind. */
  readonly alarmsRaised: () => Readonly<Record<string, number>>;
  /** At the stop: one last try; what is lost then is said in the log. */
  readonly flush: () => Promise<void>;
}

/** What is neither a call record nor only read. */
type Write = Exclude<StoreEffect, { readonly do: 'save-call' | 'list-messages' }>;
interface KeyedWrite {
  readonly key: string;
  readonly save: () => Promise<unknown>;
}

export function storeRunner(parts: StoreRunnerParts): StoreRunner {
  const { ask, clock, log } = parts;
  const limits = parts.entriesMax === undefined ? {} : { entriesMax: parts.entriesMax };
  const records = new UnsavedWrites<CallRecord>({
    save: (record) => ask('save-call', record),
    clock,
    waits: (call, error) => log.warn({ call, error }, 'call record waits'),
    lost: (call) => log.error({ call }, 'call record lost'),
    ...limits,
  });
  const others = new UnsavedWrites<KeyedWrite>({
    save: ({ save }) => save(),
    clock,
    waits: (write, error) => log.warn({ write, error }, 'write waits'),
    lost: (write) => log.error({ write }, 'write lost'),
    ...limits,
  });
  const alarms: Record<string, number> = {};
  let turned = 0;
  let tried: Promise<unknown> = Promise.resolve();
  return {
    run: (effect) => {
      if (effect.do === 'save-call') return void records.put(effect.record.id, effect.record);
      if (effect.do === 'list-messages') return listMessages(parts, effect);
      if (effect.do === 'raise-alarm') alarms[effect.kind] = (alarms[effect.kind] ?? 0) + 1;
      const write = writeOf(parts, effect);
      const done = others.put(write.key, write);
      if (effect.do !== 'save-calendar-switch') return;
      turned += 1;
      tried = Promise.all([tried, done]);
    },
    isFailing: () => records.isFailing() || others.isFailing(),
    calendarsTurned: () => turned,
    calendarsTried: () => tried,
    alarmsRaised: () => alarms,
    flush: async () => {
      const [lostRecords, lostWrites] = await Promise.all([records.flush(), others.flush()]);
      if (lostRecords > 0) log.error({ records: lostRecords }, 'call records lost');
      if (lostWrites > 0) log.error({ writes: lostWrites }, 'writes lost');
    },
  };
}

/** Newer writes of one key take the place of older ones. */
function writeOf({ ask, post, clock, newId }: StoreRunnerParts, effect: Write): KeyedWrite {
  const counted = (count: MailboxCount): void =>
    post({ from: 'store', type: 'mailbox-counted', at: epochMs(clock.now()), count });
  switch (effect.do) {
    case 'save-person': {
      const { user: userId, person } = effect;
      return { key: `person ${userId}`, save: () => ask('save-person', { userId, person }) };
    }
    case 'save-calendar-switch': {
      const request = { calendarId: effect.calendar, switch: effect.switch };
      return { key: `calendar ${effect.calendar}`, save: () => ask('turn-calendar', request) };
    }
    case 'save-message': {
      const { mailbox: mailboxId, call: callId, at, fromMs, toMs } = effect;
      const request = { mailboxId, callId, at, fromMs: Math.round(fromMs), toMs: Math.round(toMs) };
      return { key: `message ${callId} ${fromMs}`, save: () => ask('save-message', request).then(counted) };
    }
    case 'mark-message': {
      const { mailbox: mailboxId, message: id, as } = effect;
      const request = { mailboxId, id, as, at: clock.now() };
      return { key: `${as} ${id}`, save: () => ask('mark-message', request).then(counted) };
    }
    case 'raise-alarm': {
      const { to: _, do: __, user, call, ...rest } = effect;
      const about = { ...(user && { userId: user }), ...(call && { callId: call }) };
      const request = { id: newId(), ...rest, ...about };
      return { key: `alarm ${request.id}`, save: () => ask('save-alarm', request) };
    }
    default:
      return assertNever(effect);
  }
}

/** Who listens waits for it: without an answer there is nothing to hear. */
function listMessages(
  { ask, post, clock, log }: StoreRunnerParts,
  { mailbox: mailboxId, leg }: Extract<StoreEffect, { readonly do: 'list-messages' }>,
): void {
  void ask('kept-messages', { mailboxId })
    .catch((error: unknown) => {
      log.error({ leg, error }, 'messages could not be listed');
      return [];
    })
    .then((messages) =>
      post({ from: 'store', type: 'messages-listed', at: epochMs(clock.now()), call: callOfLeg(leg), leg, messages }),
    );
}
