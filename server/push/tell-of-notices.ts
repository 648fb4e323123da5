/**
 * Tells browsers whose page is closed what was written to their person: a new lead, a message in a mailbox, an alarm. Looks after
 * each write that may have brought a notice; what was there before the start is told by nobody again.
 */
import type { NoticeRow, PushSubscription } from '../../prisma/desk-records';
import type { Concerned } from '../database-writes';
import { mailText } from '../mail-texts';
import { type Push, type PushParts, sendPush } from './send-push';

export interface NoticeTellerParts extends PushParts {
  readonly isOpen: (tokenHash: string) => boolean;
}

/** More at once are no news. */
const noticesAtOnceMax = 5;
/** A new lead of yesterday is found at the desk. */
const toldForS = 12 * 3600;

/** A function to call after each write; `settled` resolves when nothing is under way. */
export function noticeTeller(parts: NoticeTellerParts): {
  readonly wrote: (concerned: Concerned) => void;
  readonly settled: () => Promise<void>;
} {
  const toldUntil = new Map<string, number>();
  const startedAt = parts.clock.now();
  let underWay: Promise<void> = Promise.resolve();

  const tell = async (concerned: Concerned): Promise<void> => {
    if (concerned === 'who-missed') return;
    const asked = concerned === 'everybody' ? {} : { userIds: concerned };
    const all = await parts.reading('push-subscriptions', asked);
    for (const [userId, theirs] of byPerson(all)) {
      const since = toldUntil.get(userId) ?? startedAt;
      const fresh = await unread(parts, userId, since);
      const [newest] = fresh;
      if (newest === undefined) continue;
      toldUntil.set(userId, Date.parse(newest.at));
      const closed = theirs.filter(({ tokenHash }) => !parts.isOpen(tokenHash));
      for (const notice of fresh.toReversed())
        for (const to of closed) await sendPush(parts, [to], pushOf(notice, to.language));
    }
  };
  return {
    wrote(concerned) {
      underWay = underWay
        .then(() => tell(concerned))
        .catch((error: unknown) =>
          parts.log.warn(
            { error: error instanceof Error ? error.name : 'unknown' },
            'browsers could not be told of notices',
          ),
        );
    },
    settled: () => underWay,
  };
}

function byPerson(all: readonly PushSubscription[]): ReadonlyMap<string, readonly PushSubscription[]> {
  const people = new Map<string, PushSubscription[]>();
  for (const one of all) people.set(one.userId, [...(people.get(one.userId) ?? []), one]);
  return people;
}

/** Newest first. */
async function unread({ reading }: PushParts, userId: string, since: number): Promise<readonly NoticeRow[]> {
  const viewer = { userId, role: 'operator', members: [] } as const;
  const { items } = await reading('list-notices', { viewer, unread: true, limit: noticesAtOnceMax });
  return items.filter(({ at }) => Date.parse(at) > since);
}

/** As an e-mail says it: what waits, not who the client is. */
function pushOf(notice: NoticeRow, language: PushSubscription['language']): Push {
  const { subject, text } = mailText(notice, language);
  const message = { title: subject, body: text, tag: notice.id, path: placeOf(notice), rings: false };
  return { message, forS: toldForS, topic: notice.id.slice(0, 32), urgency: 'normal' };
}

function placeOf(notice: NoticeRow): string {
  switch (notice.kind) {
    case 'message':
      return '/messages';
    case 'alarm':
      return '/alarms';
    default:
      return `/leads/${encodeURIComponent(notice.parameters.leadId)}`;
  }
}
