/**
 * The client's card, to whoever a call rings at and whoever makes it: read as soon as the client is known, which is before a
 * phone is answered, and told once to each of their pages. In a transfer the next person gets it too.
 */
import type { Call, MatchedCard } from '../../../call-router/state/call';
import { isEnded } from '../../../call-router/features/decision';
import type { Change, PbxView } from '../../../call-router/state/view';
import type { CallId } from '../../../call-router/values/ids';
import type { AskReading } from '../deps';
import type { Audience } from './audience';
import type { DeskPage } from './desk-page';

export interface CardFeedParts {
  readonly view: PbxView;
  readonly reading: AskReading;
  readonly audience: Audience;
  readonly log: { readonly warn: (fields: object, message: string) => void };
}

interface Told {
  readonly card: string;
  readonly pages: Set<DeskPage>;
}

export class CardFeed {
  private readonly parts: CardFeedParts;
  private readonly told = new Map<CallId, Told>();

  constructor(parts: CardFeedParts) {
    this.parts = parts;
  }

  note(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.set === 'call') this.offer(change.call);
      if (change.set === 'call-gone') this.told.delete(change.call);
    }
  }

  /** A page that is opened in a call, or wakes in it. */
  join(page: DeskPage): void {
    for (const call of this.parts.view.calls.values()) {
      const card = cardOf(call);
      if (card === undefined || !peopleOf(call).has(page.userId)) continue;
      this.toldOf(call.id, card).pages.add(page);
      this.read(call.id, card, [page]);
    }
  }

  leave(page: DeskPage): void {
    for (const { pages } of this.told.values()) pages.delete(page);
  }

  /** Nobody is there: what ends meanwhile is not noted. */
  rest(): void {
    this.told.clear();
  }

  /** Calls of which something is kept. */
  get size(): number {
    return this.told.size;
  }

  private offer(call: Call): void {
    const card = cardOf(call);
    if (card === undefined) return;
    const { pages: told } = this.toldOf(call.id, card);
    const pages = [...peopleOf(call)].flatMap((user) => [...this.parts.audience.of(user)]);
    const news = pages.filter((page) => !told.has(page));
    if (news.length === 0) return;
    for (const page of news) told.add(page);
    this.read(call.id, card, news);
  }

  private toldOf(call: CallId, card: MatchedCard): Told {
    const key = `${card.kind} ${card.id}`;
    const before = this.told.get(call);
    if (before?.card === key) return before;
    const told = { card: key, pages: new Set<DeskPage>() };
    this.told.set(call, told);
    return told;
  }

  private read(callId: CallId, { kind, id, name, isNew }: MatchedCard, pages: readonly DeskPage[]): void {
    const { reading, log } = this.parts;
    reading('read-call-card', { card: { kind, id }, callId }).then(
      (row) => {
        if (row === undefined) return; // removed meanwhile
        for (const page of pages)
          page.send({ type: 'call-card', card: { callId, card: { kind, id, name }, isNew, ...row } });
      },
      (error: unknown) => log.warn({ call: callId, error }, 'the card of a call could not be read'),
    );
  }
}

function cardOf({ client, state }: Call): MatchedCard | undefined {
  return client.in === 'known' && state.in !== 'ended' ? client.card : undefined;
}

/** Who makes it, and at whom it rings or who answered; not who listens in. Before the phones ring: who will be rung. */
function peopleOf({ callerUser, legs, ringsUsers, state }: Call): ReadonlySet<string> {
  const people = new Set<string>(state.in === 'ringing' ? ringsUsers : []);
  if (callerUser !== undefined) people.add(callerUser);
  for (const leg of legs.values())
    if (leg.far.user !== undefined && leg.isSupervisor !== true && !isEnded(leg)) people.add(leg.far.user);
  return people;
}
