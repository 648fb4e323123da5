/**
 * Everybody who gives a card a number does it under that number's lock, so that two calls, or a call and a person at the same
 * moment, never make two cards unseen by each other. SQLite: a write transaction is alone in the database already. PostgreSQL:
 * an advisory lock until the transaction ends, which several processes share. (A unique key on the number itself would be
 * wrong: several cards may have one number.)
 */
import type { Tx } from '../connect';
import type { DatabaseKind } from '../database-url';

export async function lockNumbers(
  kind: DatabaseKind,
  tx: Tx,
  numbers: readonly (string | undefined | null)[],
): Promise<void> {
  if (kind === 'sqlite') return;
  const present = numbers.filter((number) => typeof number === 'string');
  // In one order everywhere: two transactions that wait for each other's number would never end.
  for (const number of [...new Set(present)].sort())
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${number}, 0))`;
}
