/**
 * Which card a number stands for when it is on several: contact before company before lead; an open lead before a closed one;
 * then whose last call is the most recent; then the older card: making one for a known number takes no calls from the card that
 * had it. Then the id, so that the answer is always the same.
 */
import type { CardKind, CardRef } from '../../call-router/state/call';

export interface Match extends CardRef {
  readonly name: string;
  readonly responsibleUserId?: string;
  /** A contact's company. */
  readonly companyId?: string;
  /** Undefined: no call of it is known, or nobody else has the number. */
  readonly lastCallMs?: number;
  readonly createdMs: number;
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
      (b.lastCallMs ?? 0) - (a.lastCallMs ?? 0) ||
      a.createdMs - b.createdMs ||
      (a.id < b.id ? -1 : 1),
  );
}
