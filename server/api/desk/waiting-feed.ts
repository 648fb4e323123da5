/**
 * The counts of the badges, to whom they are, when they change; and each notice as it is written. Counted for all whom a write
 * concerned at once, a moment later: a busy office costs one question, not one for each call and person.
 */
import type { Directory } from '../../../call-router/state/directory';
import type { Waiting } from '../../../prisma/desk-records';
import type { Concerned } from '../../database-writes';
import type { Clock } from '../../clock';
import type { AskReading } from '../deps';
import { deskNowOf } from '../desk-now';
import type { ToDesk } from '../desk-messages';
import type { Notice } from '../messages';
import type { Audience } from './audience';
import type { DeskPage } from './desk-page';

export interface WaitingFeedParts {
  readonly directory: () => Directory;
  readonly reading: AskReading;
  readonly clock: Clock;
  readonly audience: Audience;
  readonly countAfterMs: number;
  readonly log: { readonly warn: (fields: object, message: string) => void };
}

interface Told {
  readonly text: string;
  readonly waiting: Waiting;
}

/** More at once are not news: the page has the list. */
const noticesPushedMax = 20;

export class WaitingFeed {
  private readonly parts: WaitingFeedParts;
  private readonly told = new Map<string, Told>();
  private concerned = new Set<string>();
  private cancel: (() => void) | undefined;
  private underWay: Promise<void> | undefined;

  constructor(parts: WaitingFeedParts) {
    this.parts = parts;
  }

  note(concerned: Concerned): void {
    const { audience } = this.parts;
    if (audience.isEmpty()) return;
    for (const user of this.usersAmong(concerned)) if (audience.of(user).size > 0) this.concerned.add(user);
    if (this.concerned.size > 0) this.countSoon();
  }

  /** What the person's other pages were told; the first page waits for the count. */
  join(page: DeskPage): void {
    const told = this.told.get(page.userId);
    if (told !== undefined) page.sendText(told.text);
    this.note([page.userId]);
  }

  leave(page: DeskPage): void {
    if (this.parts.audience.of(page.userId).size > 0) return;
    this.told.delete(page.userId);
    this.concerned.delete(page.userId);
    if (this.concerned.size === 0) this.stop();
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.concerned.clear();
  }

  private usersAmong(concerned: Concerned): Iterable<string> {
    if (concerned === 'everybody') return this.parts.audience.people();
    if (concerned !== 'who-missed') return concerned;
    return [...this.told].flatMap(([user, { waiting }]) => (waiting.missedCalls > 0 ? [user] : []));
  }

  private countSoon(): void {
    if (this.underWay !== undefined) return; // counts again when it is done
    this.cancel ??= this.parts.clock.after(this.parts.countAfterMs, () => {
      this.cancel = undefined;
      this.underWay = this.count()
        .catch((error: unknown) => this.parts.log.warn({ error }, 'what waits at the desks could not be counted'))
        .finally(() => {
          this.underWay = undefined;
          if (this.concerned.size > 0) this.countSoon();
        });
    });
  }

  private async count(): Promise<void> {
    const userIds = [...this.concerned];
    this.concerned.clear();
    const counted = await this.parts.reading('count-waiting-of', { userIds });
    for (const [userId, waiting] of counted) await this.tell(userId, waiting);
  }

  private async tell(userId: string, waiting: Waiting): Promise<void> {
    const { audience, directory } = this.parts;
    const [page] = audience.of(userId);
    if (page === undefined) return; // left meanwhile
    const before = this.told.get(userId);
    const desk = deskNowOf(directory(), { userId, role: page.entrant.asker.role, waiting });
    const text = JSON.stringify({ type: 'desk', desk } satisfies ToDesk);
    if (before?.text === text) return;
    this.told.set(userId, { text, waiting });
    for (const one of audience.of(userId)) one.sendText(text);
    const fresh = before === undefined ? 0 : waiting.unreadNotices - before.waiting.unreadNotices;
    if (fresh > 0) for (const notice of await this.newest(page, fresh)) this.tellNotice(userId, notice);
  }

  /** The oldest of them first. */
  private async newest({ viewer }: DeskPage, count: number): Promise<readonly Notice[]> {
    const limit = Math.min(count, noticesPushedMax);
    const { items } = await this.parts.reading('list-notices', { viewer, unread: true, limit });
    return items.toReversed();
  }

  private tellNotice(userId: string, notice: Notice): void {
    for (const page of this.parts.audience.of(userId)) page.send({ type: 'notice', notice });
  }
}
