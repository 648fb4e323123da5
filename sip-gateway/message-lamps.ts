/**
 * The message lamp of phones that never subscribe: many are delivered so and take a NOTIFY that nobody asked for, as PBXs have
 * always sent it (RFC 3842 knows only the subscription). Told when the count changes, and at a registration if something
 * waits; a phone that subscribed is told there alone, and one that refuses is not asked again.
 */
import { deviceIdOf, type UserId, userIdOf } from '../call-router/values/ids';
import type { AccountBook } from './accounts';
import { type Bindings, nextHopOf, type StoredBinding } from './bindings';
import { writeNameAddr } from './header-values';
import { type MessageCount, messageSummary, messageSummaryType } from './message-summary';
import type { SipLink } from './srf-link';
import type { Subscriptions } from './subscriptions';
import { domainOf } from './trunk-headers';

export interface MessageLampsParts {
  readonly bindings: Bindings;
  readonly subscriptions: Subscriptions;
  readonly book: () => AccountBook;
  readonly link: (name: string) => SipLink | undefined;
  readonly realm: string;
}

export class MessageLamps {
  private readonly deaf = new Set<string>();
  private readonly parts: MessageLampsParts;

  constructor(parts: MessageLampsParts) {
    this.parts = parts;
  }

  publish(users: readonly UserId[], count: MessageCount): void {
    const { subscriptions, book, bindings } = this.parts;
    const changed = new Set<string>(users.filter((user) => isChanged(subscriptions.countedFor(user), count)));
    subscriptions.publishMessages(users, count);
    for (const device of book().accounts.devices) {
      if (device.userId === undefined || !changed.has(device.userId)) continue;
      const of = { kind: 'device', device: deviceIdOf(device.id) } as const;
      for (const binding of bindings.ofAccount(of)) this.tell(binding, device.userId);
    }
  }

  /** A phone has registered anew. */
  added(binding: StoredBinding): void {
    const { of } = binding;
    if (of.kind !== 'device') return;
    const device = this.parts.book().accounts.devices.find(({ id }) => id === of.device);
    if (device?.userId === undefined) return;
    const count = this.parts.subscriptions.countedFor(userIdOf(device.userId));
    if (count.newMessages > 0) this.tell(binding, device.userId);
  }

  gone(id: string): void {
    this.deaf.delete(id);
  }

  private tell(binding: StoredBinding, userId: string): void {
    const { subscriptions, book, link, realm } = this.parts;
    const user = userIdOf(userId);
    const flow = link(binding.link);
    if (flow === undefined || this.deaf.has(binding.id) || subscriptions.watchesMailbox(binding.of, user)) return;
    const host = domainOf(realm);
    const username = binding.of.kind === 'device' ? (book().usernameOfDevice.get(binding.of.device) ?? '') : '';
    const account = writeNameAddr({ user: username, host });
    const nextHop = nextHopOf(binding);
    const headers = {
      From: account,
      To: account,
      Event: 'message-summary',
      'Subscription-State': 'terminated',
      'Content-Type': messageSummaryType,
    };
    const body = messageSummary(subscriptions.countedFor(user), account.slice(1, -1));
    const request = { method: 'NOTIFY', uri: binding.contact, headers, body };
    flow.send(nextHop === undefined ? request : { ...request, nextHop }, {
      response: ({ status, source_address: from }) => {
        if (status >= 400 && from !== '') this.deaf.add(binding.id);
      },
      failed: () => undefined,
    });
  }
}

const isChanged = (a: MessageCount, b: MessageCount): boolean =>
  a.newMessages !== b.newMessages || a.oldMessages !== b.oldMessages;
