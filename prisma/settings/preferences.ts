/** How the page and its mails speak to a person: the language and the clock they chose. What they did not choose is not kept. */
import { languages } from '../../call-router/state/office';
import { fail, succeed } from '../../call-router/values/result';
import type { Store } from '../connect';
import { isZone } from '../office/zone';
import type { ReadingOperations } from '../operations';
import type { Preferences } from '../records';

type Ops = ReadingOperations;

/** Replaces both. A zone must be one that this machine knows. */
export async function setPreferences(
  store: Store,
  { userId, language, zone }: Ops['set-preferences']['request'],
): Promise<Ops['set-preferences']['answer']> {
  if (zone !== undefined && !isZone(zone))
    return fail({ kind: 'invalid', field: 'zone', why: 'is no time zone; write it like Europe/Prague' });
  const data = { language: language ?? null, zone: zone ?? null };
  await store.write((tx) => tx.user.update({ where: { id: userId }, data }));
  return succeed(undefined);
}

interface Kept {
  readonly language: string | null;
  readonly zone: string | null;
}

export function preferencesOf({ language: kept, zone }: Kept): Preferences {
  const language = languages.find((one) => one === kept);
  return { ...(language === undefined ? {} : { language }), ...(zone === null ? {} : { zone }) };
}
