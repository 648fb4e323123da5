/**
 * How everybody stands (call-router/features/presence.ts), to everybody: all at first, then who changed. Worked out anew only
 * for people whom a change touches, and only while somebody looks.
 */
import { presenceOf } from '../../../call-router/features/presence';
import type { Change, PbxView } from '../../../call-router/state/view';
import type { Call } from '../../../call-router/state/call';
import type { UserId } from '../../../call-router/values/ids';
import type { Clock } from '../../clock';
import type { Presence, ToDesk } from '../desk-messages';
import type { Audience } from './audience';
import type { DeskPage } from './desk-page';

export interface PresenceFeedParts {
  readonly view: PbxView;
  readonly clock: Clock;
  readonly audience: Audience;
  readonly tickMs: number;
}

export class PresenceFeed {
  private readonly parts: PresenceFeedParts;
  private readonly told = new Map<UserId, Presence>();
  private changed = new Set<UserId>();
  private cancelTick: (() => void) | undefined;
  /** The end of a wrap-up is no event. */
  private readonly wrapUps = new Map<UserId, () => void>();

  constructor(parts: PresenceFeedParts) {
    this.parts = parts;
  }

  note(changes: readonly Change[]): void {
    for (const change of changes) this.noteOne(change);
  }

  /** A page of theirs came, went, woke or fell asleep. */
  notePerson(user: UserId): void {
    this.changed.add(user);
    this.cancelTick ??= this.parts.clock.after(this.parts.tickMs, () => this.tellChanged());
  }

  /** How everybody stands. */
  join(page: DeskPage): void {
    if (this.told.size === 0) for (const user of this.parts.view.directory.users.keys()) this.look(user);
    page.send({ type: 'presence', people: [...this.told.values()] });
  }

  /** Nobody looks any more. */
  rest(): void {
    this.stop();
    this.told.clear();
    this.changed.clear();
  }

  stop(): void {
    this.cancelTick?.();
    this.cancelTick = undefined;
    for (const cancel of this.wrapUps.values()) cancel();
    this.wrapUps.clear();
  }

  private noteOne(change: Change): void {
    switch (change.set) {
      case 'call':
        return this.noteUsersOf(change.call);
      case 'person':
      case 'agent-work':
        return this.notePerson(change.user);
      case 'bindings': {
        const { of } = change;
        const device = of.kind === 'device' ? this.parts.view.directory.devices.get(of.device) : undefined;
        if (device !== undefined) this.notePerson(device.userId);
        return;
      }
      case 'directory':
        for (const user of [...this.told.keys(), ...change.directory.users.keys()]) this.notePerson(user);
        return;
      default:
        return; // nobody stands otherwise because of it
    }
  }

  /** Ended legs too: whose leg has just ended is free now. */
  private noteUsersOf({ legs }: Call): void {
    for (const { far } of legs.values()) if (far.user !== undefined) this.notePerson(far.user);
  }

  private tellChanged(): void {
    this.cancelTick = undefined;
    const users = this.changed;
    this.changed = new Set();
    const people = [...users].flatMap((user) => this.look(user) ?? []);
    if (people.length === 0) return;
    const text = JSON.stringify({ type: 'presence', people } satisfies ToDesk);
    for (const page of this.parts.audience.all()) page.sendText(text);
  }

  /** How this person stands, where that is new. Who left the office is off. */
  private look(user: UserId): Presence | undefined {
    const { view, clock, audience } = this.parts;
    const before = this.told.get(user);
    if (!view.directory.users.has(user)) {
      if (this.told.delete(user)) return { userId: user, state: 'off', ways: [] };
      return undefined;
    }
    const at = clock.now();
    const { state, ways } = presenceOf(view, { user, at, pages: pagesOf(audience.of(user)) });
    this.awaitWrapUp(user, state === 'wrap-up' ? (view.agentWork(user)?.wrapUpUntil ?? at) - at : undefined);
    if (before?.state === state && before.ways.join() === ways.join()) return undefined;
    const since = before === undefined ? {} : sinceOf(before, { state, at });
    const presence: Presence = { userId: user, state, ways, ...since };
    this.told.set(user, presence);
    return presence;
  }

  private awaitWrapUp(user: UserId, afterMs: number | undefined): void {
    this.wrapUps.get(user)?.();
    this.wrapUps.delete(user);
    if (afterMs === undefined) return;
    const over = (): void => {
      this.wrapUps.delete(user);
      this.notePerson(user);
    };
    this.wrapUps.set(user, this.parts.clock.after(afterMs, over));
  }
}

/** Other phones do not begin a state anew. */
function sinceOf(before: Presence, now: { readonly state: Presence['state']; readonly at: number }) {
  if (before.state !== now.state) return { since: new Date(now.at).toISOString() };
  return before.since === undefined ? {} : { since: before.since };
}

function pagesOf(pages: ReadonlySet<DeskPage>): 'none' | 'awake' | 'asleep' {
  if (pages.size === 0) return 'none';
  return [...pages].every(({ isAsleep }) => isAsleep) ? 'asleep' : 'awake';
}
