/** Settings of the whole office: codes, features switched off, fraud guard, parking, language. Each is one small document in "Setting". */
import { defaultCodes, type FeatureCodes } from '../../call-router/state/feature-code';
import { allFeatures } from '../../call-router/state/feature-switch';
import { newOffice } from '../../call-router/state/new-office';
import { fail, succeed } from '../../call-router/values/result';
import type { Db, Store, Tx } from '../connect';
import type { Answer, OfficeDocumentToSave, StoreProblem } from '../operations';
import type { OfficeDocuments } from '../records';
import { answered, Refused } from '../problems';
import { clashAfter } from './clash';
import { featureInUse } from './feature-in-use';
import { isZone } from './zone';
import { lockOffice, unknownReference } from './named';
import { referencesOfGuard } from './references';

const keys = ['feature-codes', 'features', 'fraud-guard', 'parking', 'language', 'zone'] as const;

/** What was saved, over the defaults: a code that a later version brings has its default until somebody changes it. */
export async function savedDocuments(db: Db | Tx): Promise<OfficeDocuments> {
  const rows = await db.setting.findMany({ where: { key: { in: [...keys] } } });
  const saved: Partial<OfficeDocuments> = Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value)]));
  return {
    'feature-codes': withDefaults(saved['feature-codes']),
    features: { ...allFeatures, ...saved.features },
    'fraud-guard': saved['fraud-guard'] ?? newOffice.fraudGuard,
    parking: saved.parking ?? newOffice.parking,
    language: saved.language ?? newOffice.language,
    zone: saved.zone ?? new Intl.DateTimeFormat('en').resolvedOptions().timeZone,
  };
}

function withDefaults(codes: FeatureCodes | undefined): FeatureCodes {
  return {
    dialled: { ...defaultCodes.dialled, ...codes?.dialled },
    inCall: { ...defaultCodes.inCall, ...codes?.inCall },
  };
}

export async function saveDocument(store: Store, document: OfficeDocumentToSave): Promise<Answer<undefined>> {
  return answered(() =>
    store.write(async (tx) => {
      await lockOffice(store, tx);
      const problem = await problemWith(tx, document);
      if (problem !== undefined) return fail(problem);
      const { key } = document;
      const value = JSON.stringify(document.value);
      await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
      if (key === 'feature-codes' || key === 'parking') await refuseClash(store, tx, key);
      return succeed(undefined);
    }),
  );
}

async function refuseClash(store: Store, tx: Tx, key: 'feature-codes' | 'parking'): Promise<void> {
  const clash = await clashAfter(store, tx, key === 'parking' ? 'first' : 'codes');
  if (clash !== undefined) throw new Refused(clash);
}

async function problemWith(tx: Tx, document: OfficeDocumentToSave): Promise<StoreProblem | undefined> {
  switch (document.key) {
    case 'features':
      return featureInUse(tx, document.value);
    case 'fraud-guard':
      return unknownReference(tx, referencesOfGuard(document.value));
    case 'parking':
      return document.value.first <= document.value.last
        ? undefined
        : { kind: 'invalid', field: 'last', why: 'must not be before the first slot' };
    case 'zone':
      return isZone(document.value)
        ? undefined
        : { kind: 'invalid', field: 'zone', why: 'is no time zone; write it like Europe/Prague' };
    default:
      return undefined;
  }
}
