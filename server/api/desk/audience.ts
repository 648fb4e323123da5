/** The pages that are open: whose they are, and which of them may see a call, found without asking each of them. */
import type { Call } from '../../../call-router/state/call';
import { seenAs } from '../../../prisma/who';
import { usersOn } from '../live-calls';
import type { DeskPage } from './desk-page';

const nobody: ReadonlySet<DeskPage> = new Set();

export class Audience {
  private readonly pages = new Set<DeskPage>();
  private readonly byPerson = new Map<string, Set<DeskPage>>();
  /** Pages that see the calls of this person: their own, and those of who leads them. */
  private readonly bySeen = new Map<string, Set<DeskPage>>();
  /** Of managers and administrators. */
  private readonly seeingAll = new Set<DeskPage>();

  all(): ReadonlySet<DeskPage> {
    return this.pages;
  }

  isEmpty(): boolean {
    return this.pages.size === 0;
  }

  of(userId: string): ReadonlySet<DeskPage> {
    return this.byPerson.get(userId) ?? nobody;
  }

  isAwake(loginId: string): boolean {
    for (const { entrant, isAsleep } of this.pages) if (entrant.loginId === loginId && !isAsleep) return true;
    return false;
  }

  people(): Iterable<string> {
    return this.byPerson.keys();
  }

  /** The same rule as `maySee` (live-calls.ts). */
  seeing(call: Call): ReadonlySet<DeskPage> {
    const seeing = new Set(this.seeingAll);
    for (const user of usersOn(call)) for (const page of this.bySeen.get(user) ?? nobody) seeing.add(page);
    return seeing;
  }

  add(page: DeskPage): void {
    this.pages.add(page);
    put(this.byPerson, page.userId, page);
    if (page.viewer.role === 'operator') for (const user of seenAs(page.viewer)) put(this.bySeen, user, page);
    else this.seeingAll.add(page);
  }

  remove(page: DeskPage): void {
    this.pages.delete(page);
    take(this.byPerson, page.userId, page);
    for (const user of seenAs(page.viewer)) take(this.bySeen, user, page);
    this.seeingAll.delete(page);
  }
}

function put(map: Map<string, Set<DeskPage>>, key: string, page: DeskPage): void {
  map.set(key, (map.get(key) ?? new Set()).add(page));
}

function take(map: Map<string, Set<DeskPage>>, key: string, page: DeskPage): void {
  const pages = map.get(key);
  pages?.delete(page);
  if (pages?.size === 0) map.delete(key);
}
