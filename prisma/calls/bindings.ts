/** Registrations of phones, kept so that a restart does not make them unreachable until they register again. */
import type { Db, Tx } from '../connect';
import type { CallOperations, ReadingOperations } from '../operations';

/** The whole list of one device or trunk replaces what was kept. */
export async function saveBindings(tx: Tx, request: CallOperations['save-bindings']['request']): Promise<void> {
  const ids = request.bindings.map((binding) => binding.id);
  await tx.binding.deleteMany({ where: { OR: [{ of: request.of }, { id: { in: ids } }] } });
  if (ids.length === 0) return;
  await tx.binding.createMany({
    data: request.bindings.map(({ id, json, expiresAt }) => ({
      id,
      of: request.of,
      json,
      expiresAt: BigInt(expiresAt),
    })),
  });
}

export async function loadBindings(db: Db, at: number): Promise<ReadingOperations['load-bindings']['answer']> {
  const rows = await db.binding.findMany({ where: { expiresAt: { gt: BigInt(at) } } });
  return rows.map(({ of, id, json, expiresAt }) => ({ of, id, json, expiresAt: Number(expiresAt) }));
}
