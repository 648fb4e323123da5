/**
 * Which card a number stands for when it is on several: contact before company before lead; an open lead before a closed one;
 * then the most recently active; then the id, so that the answer is always the same.
 */
import type { CardKind, CardRef } from '../../call-router/state/call';

export interface Match extends CardRef {
  readonly name: string;
  readonly responsibleUserId?: string;
  /** A contact's company. */
  readonly companyId?: string;
  readonly lastActivityMs: number;
  /** A lead whose status ends it is closed; other cards are always open. */
  readonly isOpen: boolean;
}

const rank: Readonly<Record<CardKind, number>> = { contact: 0, company: 1, lead: 2 };

/** Best first, each card once. */
export function orderMatches(matches: readonly Match[]): readonly Match[] {
  const once = new Map(matches.map((match) => [`${match.kind} ${match.id}`, match]));
  return [...once.values()].sort(
    (a, b) =>
      rank[a.kind] - rank[b.kind] ||
      Number(b.isOpen) - Number(a.isOpen) ||
      b.lastActivityMs - a.lastActivityMs ||
      (a.id < b.id ? -1 : 1),
  );
}
