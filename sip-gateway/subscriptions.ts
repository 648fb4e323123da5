/**
 * The state of lamps: who watches what (RFC 6665), and what the router published last. A watcher gets a NOTIFY at once,
 * then one when something changed: one in flight and one a second at the most, the newest state wins (RFC 4235 section 3.10).
 *
 *   watching ──refresh──▶ watching        watching ──time up, Expires 0, account gone, stop──▶ last NOTIFY, gone
 *                                         watching ──NOTIFY refused, link lost──▶ gone
 */
import type { LampDialog } from '../call-router/effect';
import type { Binding } from '../call-router/state/view';
import type { LegId, UserId } from '../call-router/values/ids';
import { accountKey } from './bindings';
import type { GatewayClock } from './clock';
import { dialogInfo, dialogInfoType, type WatchedDialog, type WatchedEntity } from './dialog-info';
import type { MessageCount } from './message-summary';
import { messageSummary, messageSummaryType } from './message-summary';
import type { ReceivedResponse, SipLink } from './srf-link';
import { headerOf } from './srf-message';

/** What is watched: the calls of an extension or slot, or the mailbox of a person. */
export type Topic =
  | { readonly is: 'dialog'; readonly entity: WatchedEntity }
  | { readonly is: 'message-summary'; readonly user: UserId | undefined; readonly account: string };

export interface NewSubscription {
  /** The engine's name of the dialog. */
  readonly dialog: string;
  readonly link: SipLink;
  readonly of: Binding['of'];
  readonly topic: Topic;
  /** Value of Event in its NOTIFYs: the package, and the id the watcher gave it. */
  readonly event: string;
  readonly seconds: number;
}

interface Subscription extends NewSubscription {
  expiresAt: number;
  stopExpiry: () => void;
  version: number;
  /** What the watcher was told last, without its version. */
  told: string | undefined;
  /** A NOTIFY is owed even if nothing changed. */
  owes: boolean;
  inFlight: boolean;
  notBefore: number;
  stopWaiting: (() => void) | undefined;
}

export interface SubscriptionsParts {
  readonly clock: GatewayClock;
  /** Adds the name of the dialog where a watcher may take it over; undefined: there is nothing to see yet. */
  readonly seen: (dialog: LampDialog, entity: string) => WatchedDialog | undefined;
}

/** Why the last NOTIFY is the last (RFC 6665 section 4.1.3). */
export type EndReason = 'timeout' | 'rejected' | 'probation;retry-after=10';

export const subscriptionsPerAccountMax = 500;
export const subscriptionsMax = 50_000;
const noMessages: MessageCount = { newMessages: 0, oldMessages: 0 };
const notifyPeriodMs = 1_000;
const retryMaxS = 300;

export class Subscriptions {
  private readonly byDialog = new Map<string, Subscription>();
  private readonly byTopic = new Map<string, Set<Subscription>>();
  private readonly perAccount = new Map<string, number>();
  private readonly lamps = new Map<string, readonly LampDialog[]>();
  private readonly entityOf = new Map<LegId, string>();
  private readonly mailboxes = new Map<UserId, MessageCount>();
  private readonly parts: SubscriptionsParts;

  constructor(parts: SubscriptionsParts) {
    this.parts = parts;
  }

  get size(): number {
    return this.byDialog.size;
  }

  countOf(of: Binding['of']): number {
    return this.perAccount.get(accountKey(of)) ?? 0;
  }

  inDialog(dialog: string): Pick<NewSubscription, 'event'> | undefined {
    return this.byDialog.get(dialog);
  }

  /** The 200 to its SUBSCRIBE is on its way; its first NOTIFY follows. Expires 0: the only one. */
  add(asked: NewSubscription): void {
    const fresh = { version: 0, told: undefined, owes: true, inFlight: false, notBefore: 0, stopWaiting: undefined };
    const subscription: Subscription = { ...asked, ...fresh, expiresAt: 0, stopExpiry: () => undefined };
    this.byDialog.set(asked.dialog, subscription);
    const topic = topicKey(asked.topic);
    this.byTopic.set(topic, (this.byTopic.get(topic) ?? new Set()).add(subscription));
    const account = accountKey(asked.of);
    this.perAccount.set(account, (this.perAccount.get(account) ?? 0) + 1);
    this.lasts(subscription, asked.seconds);
  }

  refresh(dialog: string, seconds: number): void {
    const subscription = this.byDialog.get(dialog);
    if (subscription === undefined) return;
    subscription.owes = true;
    this.lasts(subscription, seconds);
  }

  publishDialogs(entity: string, dialogs: readonly LampDialog[]): void {
    for (const { id } of this.lamps.get(entity) ?? []) this.entityOf.delete(id);
    if (dialogs.length === 0) this.lamps.delete(entity);
    else this.lamps.set(entity, dialogs);
    for (const { id } of dialogs) this.entityOf.set(id, entity);
    this.considerAll(`dialog ${entity}`);
  }

  /** The far phone of this leg rings: its dialog has its name. */
  rings(leg: LegId): void {
    const entity = this.entityOf.get(leg);
    if (entity !== undefined) this.considerAll(`dialog ${entity}`);
  }

  private considerAll(topic: string): void {
    for (const subscription of this.byTopic.get(topic) ?? []) this.consider(subscription);
  }

  publishMessages(users: readonly UserId[], count: MessageCount): void {
    for (const user of users) {
      if (count.newMessages + count.oldMessages === 0) this.mailboxes.delete(user);
      else this.mailboxes.set(user, count);
      this.considerAll(`message-summary ${user}`);
    }
  }

  countedFor(user: UserId): MessageCount {
    return this.mailboxes.get(user) ?? noMessages;
  }

  /** A phone of this account is told of the mailbox here. */
  watchesMailbox(of: Binding['of'], user: UserId): boolean {
    const watchers = this.byTopic.get(`message-summary ${user}`) ?? [];
    return [...watchers].some((subscription) => accountKey(subscription.of) === accountKey(of));
  }

  /** Accounts that are no more watch nothing. */
  keepOnly(isAccount: (of: Binding['of']) => boolean): void {
    for (const subscription of [...this.byDialog.values()])
      if (!isAccount(subscription.of)) this.end(subscription, 'rejected');
  }

  /** An engine is lost, and its dialogs with it. The phones find out when they refresh. */
  dropOnLink(link: SipLink): void {
    for (const subscription of [...this.byDialog.values()]) if (subscription.link === link) this.forget(subscription);
  }

  /** We go, and come back: the watchers are to ask again soon. */
  stop(): void {
    for (const subscription of [...this.byDialog.values()]) this.end(subscription, 'probation;retry-after=10');
  }

  private lasts(subscription: Subscription, seconds: number): void {
    const { clock } = this.parts;
    subscription.stopExpiry();
    if (seconds === 0) return this.end(subscription, 'timeout');
    subscription.expiresAt = clock.now() + seconds * 1000;
    subscription.stopExpiry = clock.after(seconds * 1000, () => this.end(subscription, 'timeout'));
    this.consider(subscription);
  }

  /** Something may have changed for it, or it may speak again. */
  private consider(subscription: Subscription): void {
    if (subscription.inFlight || this.byDialog.get(subscription.dialog) !== subscription) return;
    const state = this.documentOf(subscription, 0);
    if (!subscription.owes && state === subscription.told) return;
    const waitMs = subscription.owes ? 0 : subscription.notBefore - this.parts.clock.now();
    if (waitMs <= 0) return this.notify(subscription, state);
    subscription.stopWaiting ??= this.parts.clock.after(waitMs, () => {
      subscription.stopWaiting = undefined;
      this.consider(subscription);
    });
  }

  private notify(subscription: Subscription, state: string): void {
    const { clock } = this.parts;
    subscription.stopWaiting?.();
    subscription.stopWaiting = undefined;
    subscription.told = state;
    subscription.owes = false;
    subscription.inFlight = true;
    subscription.notBefore = clock.now() + notifyPeriodMs;
    const leftS = Math.max(1, Math.ceil((subscription.expiresAt - clock.now()) / 1000));
    subscription.link.send(this.requestOf(subscription, `active;expires=${leftS}`), {
      response: (response) => {
        if (response.status >= 200) this.answered(subscription, response);
      },
      failed: () => void this.forget(subscription),
    });
  }

  private answered(subscription: Subscription, response: ReceivedResponse): void {
    subscription.inFlight = false;
    if (response.status < 300) return this.consider(subscription);
    const retryAfterS = retryAfterOf(response);
    if (retryAfterS === undefined) return void this.forget(subscription);
    subscription.told = undefined;
    subscription.notBefore = this.parts.clock.now() + retryAfterS * 1000;
    this.consider(subscription);
  }

  /** The last word, with the state of the moment. */
  private end(subscription: Subscription, reason: EndReason): void {
    if (!this.forget(subscription)) return;
    const heard = { response: () => undefined, failed: () => undefined };
    subscription.link.send(this.requestOf(subscription, `terminated;reason=${reason}`), heard);
  }

  private requestOf(subscription: Subscription, state: string) {
    const { dialog, event, topic } = subscription;
    const headers = {
      Event: event,
      'Subscription-State': state,
      'Content-Type': topic.is === 'dialog' ? dialogInfoType : messageSummaryType,
    };
    const body = this.documentOf(subscription, subscription.version++);
    return { method: 'NOTIFY', uri: '', dialog, headers, body };
  }

  private documentOf({ topic }: Subscription, version: number): string {
    if (topic.is === 'dialog') {
      const { user } = topic.entity;
      const dialogs = (this.lamps.get(user) ?? []).flatMap((dialog) => this.parts.seen(dialog, user) ?? []);
      return dialogInfo(topic.entity, dialogs, version);
    }
    return messageSummary(topic.user === undefined ? noMessages : this.countedFor(topic.user), topic.account);
  }

  /** False: it was gone already. */
  private forget(subscription: Subscription): boolean {
    if (this.byDialog.get(subscription.dialog) !== subscription) return false;
    this.byDialog.delete(subscription.dialog);
    subscription.stopExpiry();
    subscription.stopWaiting?.();
    const topic = topicKey(subscription.topic);
    const watchers = this.byTopic.get(topic);
    watchers?.delete(subscription);
    if (watchers?.size === 0) this.byTopic.delete(topic);
    const account = accountKey(subscription.of);
    const left = (this.perAccount.get(account) ?? 1) - 1;
    if (left === 0) this.perAccount.delete(account);
    else this.perAccount.set(account, left);
    return true;
  }
}

const topicKey = (topic: Topic): string =>
  topic.is === 'dialog' ? `dialog ${topic.entity.user}` : `message-summary ${topic.user ?? ''}`;

/** A refusal that asks us to come again; any other ends the subscription (RFC 6665 section 4.2.2). */
function retryAfterOf(response: ReceivedResponse): number | undefined {
  const seconds = Number.parseInt(headerOf(response, 'retry-after') ?? '', 10);
  return Number.isNaN(seconds) || response.status < 480 ? undefined : Math.min(retryMaxS, Math.max(1, seconds));
}
