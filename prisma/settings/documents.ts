/** Small named settings, and the callers that never make records. */
import { parseE164 } from '../../call-router/values/number';
import { fail, succeed } from '../../call-router/values/result';
import type { Db, Store } from '../connect';
import type { Answer, ReadingOperations } from '../operations';

export async function getSetting(store: Store, key: string): Promise<string | undefined> {
  const row = await store.client.setting.findUnique({ where: { key } });
  return row?.value;
}

export async function setSetting(
  store: Store,
  request: ReadingOperations['set-setting']['request'],
): Promise<undefined> {
  const { key, value } = request;
  await store.write((tx) => tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } }));
}

export async function listNeverRecord(db: Db): Promise<readonly string[]> {
  const rows = await db.neverRecord.findMany({ orderBy: { e164: 'asc' } });
  return rows.map((row) => row.e164);
}

/** Numbers in any format; answers them in E.164. */
export async function replaceNeverRecord(store: Store, numbers: readonly string[]): Promise<Answer<readonly string[]>> {
  const wanted = new Set<string>();
  for (const [index, typed] of numbers.entries()) {
    const parsed = parseE164(typed, store.country);
    if (!parsed.ok) return fail({ kind: 'invalid', field: `numbers[${index}]`, why: 'not a phone number' });
    wanted.add(parsed.value);
  }
  await store.write(async (tx) => {
    await tx.neverRecord.deleteMany();
    await tx.neverRecord.createMany({ data: [...wanted].map((e164) => ({ e164 })) });
  });
  return succeed([...wanted].sort());
}
