/**
 * Tells browsers whose page is closed that a call rings at their person, and that it is over: looks at each change of a call
 * that the switchboard has applied. Whom nobody has asked to tell costs one look into a set.
 */
import type { DeskEffect } from '../../call-router/effect';
import type { PbxEvent } from '../../call-router/event';
import type { Call, Leg } from '../../call-router/state/call';
import type { Language } from '../../call-router/state/office';
import type { Change, PbxView } from '../../call-router/state/view';
import { type CallId, type UserId, userIdOf } from '../../call-router/values/ids';
import type { PushMessage } from '../api/push-messages';
import { callWords } from './call-words';
import { type Push, type PushParts, sendPush } from './send-push';

export interface CallTellerParts extends PushParts {
  readonly view: PbxView;
  readonly post: (event: PbxEvent) => void;
  /** A page of this log-in is open: it rings by itself. */
  readonly isOpen: (tokenHash: string) => boolean;
}

/** `rang`: it rings elsewhere, or waits; whether they have missed it is decided when somebody answers or it ends. */
type Told = 'rings' | 'rang';

type Wake = Extract<DeskEffect, { readonly do: 'wake' }>;

/** The longest that somebody rings; after it a push service need not deliver. */
const ringsForS = 60;
/** That a call is over is worth telling for so long. */
const missedForS = 12 * 3600;

export class CallTeller {
  private readonly parts: CallTellerParts;
  /** Whom each live call was told to, until it is told what became of it. */
  private readonly told = new Map<CallId, ReadonlyMap<UserId, Told>>();
  /** Until it is known who calls: the look-up ends soon, whatever comes of it. */
  private readonly waiting = new Map<CallId, readonly Wake[]>();
  private readonly wanting = new Set<UserId>();
  private readonly underWay = new Set<Promise<unknown>>();

  private constructor(parts: CallTellerParts) {
    this.parts = parts;
  }

  /** Asks once who wants to be told. */
  static async start(parts: CallTellerParts): Promise<CallTeller> {
    const teller = new CallTeller(parts);
    for (const { userId } of await parts.reading('push-subscriptions', {})) teller.wanting.add(userIdOf(userId));
    teller.sayWho();
    return teller;
  }

  /** Of a leg that stands for a closed page. → page-told | page-not-told */
  readonly wake = (effect: Wake): void => {
    const call = this.parts.view.callOf(effect.leg);
    if (call === undefined) return; // over in the same moment
    if (isLookedUp(call)) this.waiting.set(call.id, [...(this.waiting.get(call.id) ?? []), effect]);
    else this.wakeNow(call, effect);
  };

  readonly observe = (changes: readonly Change[]): void => {
    if (this.wanting.size === 0) return;
    for (const change of changes) {
      if (change.set === 'call') this.look(change.call);
      else if (change.set === 'call-gone') this.forget(change.call);
    }
  };

  /** A browser of this person wants to be told from now on. */
  readonly wanted = (user: UserId): void => {
    if (this.wanting.has(user)) return;
    this.wanting.add(user);
    this.sayWho();
  };

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private sayWho(): void {
    const { clock, post } = this.parts;
    post({ from: 'store', type: 'closed-pages-known', at: clock.now(), users: [...this.wanting] });
  }

  private look(call: Call): void {
    if (isLookedUp(call)) return;
    for (const effect of this.waiting.get(call.id) ?? []) this.wakeNow(call, effect);
    this.waiting.delete(call.id);
    const rings = new Set(ringsAt(call).filter((user) => this.wanting.has(user)));
    const before = this.told.get(call.id) ?? new Map<UserId, Told>();
    if (rings.size === 0 && before.size === 0) return;
    const rang = [...before.keys()].filter((user) => !rings.has(user));
    const waits = isDecided(call) ? [] : rang;
    this.told.set(call.id, new Map<UserId, Told>([...stand(rings, 'rings'), ...stand(waits, 'rang')]));
    for (const user of rings)
      if (before.get(user) !== 'rings') void this.tell(user, (language) => ringing(call, language));
    for (const user of waits)
      if (before.get(user) === 'rings') void this.tell(user, (language) => goneOn(call, language));
    if (isDecided(call)) this.tellOver(call, rang);
  }

  private tellOver(call: Call, users: readonly UserId[]): void {
    const by = call.answeredBy === undefined ? undefined : this.parts.view.directory.users.get(call.answeredBy)?.name;
    for (const user of users) void this.tell(user, (language) => over(call, language, by));
  }

  private wakeNow(call: Call, { user, leg }: Wake): void {
    const { clock, post } = this.parts;
    this.told.set(call.id, new Map(this.told.get(call.id)).set(user, 'rings'));
    void this.tell(user, (language) => ringing(call, language)).then((count) =>
      post({ from: 'desk', type: count > 0 ? 'page-told' : 'page-not-told', at: clock.now(), call: call.id, leg }),
    );
  }

  /** Answers how many push services took it. */
  private tell(user: UserId, pushIn: (language: Language) => Push): Promise<number> {
    const sent = tellPerson(this.parts, user, pushIn).catch((error: unknown) => {
      const name = error instanceof Error ? error.name : 'unknown';
      this.parts.log.warn({ error: name }, 'browsers could not be told of a call');
      return 0;
    });
    this.underWay.add(sent);
    void sent.finally(() => this.underWay.delete(sent));
    return sent;
  }

  private forget(id: CallId): void {
    this.told.delete(id);
    this.waiting.delete(id);
  }
}

async function tellPerson(parts: CallTellerParts, user: UserId, pushIn: (language: Language) => Push): Promise<number> {
  const all = await parts.reading('push-subscriptions', { userIds: [user] });
  const closed = all.filter(({ tokenHash }) => !parts.isOpen(tokenHash));
  const [first] = closed;
  return first === undefined ? 0 : sendPush(parts, closed, pushIn(first.language));
}

/** A notice that says the name a moment later than the number would ring twice. */
const isLookedUp = ({ client, state }: Call): boolean => client.in === 'looking-up' && state.in !== 'ended';

/** Nobody who was rung learns more by waiting. */
const isDecided = ({ answeredAt, state }: Call): boolean => answeredAt !== undefined || state.in === 'ended';

const stand = (users: Iterable<UserId>, told: Told): readonly (readonly [UserId, Told])[] =>
  [...users].map((user) => [user, told]);

const isRung = ({ direction, state, isSupervisor }: Leg): boolean =>
  direction === 'outgoing' && isSupervisor !== true && ['opening', 'dialling', 'ringing'].includes(state.in);

/** Click-to-call rings its own caller, who sits at a page. */
function ringsAt(call: Call): readonly UserId[] {
  if (call.state.in === 'reaching-caller') return [];
  return [...call.legs.values()].flatMap((leg) => (isRung(leg) && leg.far.user !== undefined ? [leg.far.user] : []));
}

function ringing(call: Call, language: Language): Push {
  const words = callWords(language);
  const path = `/me?call=${call.id}`;
  const message: PushMessage = {
    title: whoOf(call, language),
    body: [words.incoming, call.caller.withheld ? '' : (call.caller.number ?? call.caller.typed)]
      .filter(Boolean)
      .join(' · '),
    tag: call.id,
    path,
    answer: { title: words.answer, path: `${path}&answer=1` },
    rings: true,
  };
  return { message, forS: ringsForS, topic: call.id, urgency: 'high' };
}

/** Nothing to answer any more, and nothing missed yet. */
function goneOn(call: Call, language: Language): Push {
  const title = callWords(language).goneOn;
  const message: PushMessage = { title, body: whoOf(call, language), tag: call.id, path: '/me', rings: false };
  return { message, forS: ringsForS, topic: call.id, urgency: 'high' };
}

function over(call: Call, language: Language, by: string | undefined): Push {
  const words = callWords(language);
  const answered = by === undefined ? words.answered : words.answeredBy.replace('{by}', by);
  const title = call.answeredAt === undefined ? words.missed : answered;
  const message: PushMessage = { title, body: whoOf(call, language), tag: call.id, path: '/me', rings: false };
  return { message, forS: missedForS, topic: call.id, urgency: 'normal' };
}

function whoOf({ client, caller }: Call, language: Language): string {
  if (client.in === 'known') return client.card.name;
  if (caller.withheld) return callWords(language).withheld;
  return caller.displayName ?? caller.number ?? caller.typed;
}
