/** Settings of the whole office: feature codes, fraud guard, parking, language. Each is one document, read and saved whole. */
import type { TUnsafe } from '@sinclair/typebox';
import { hasNumbers } from '../../../call-router/values/number';
import type { OfficeDocumentToSave } from '../../../prisma/operations';
import type { OfficeDocuments } from '../../../prisma/records';
import type { ApiDeps } from '../deps';
import { invalid, valueOf } from '../problems';
import {
  type DocumentBody,
  featureCodes,
  featureSwitches,
  fraudGuard,
  officeLanguage,
  officeZone,
  parking,
} from '../schemas/office-document-schemas';
import type { Api } from '../schemas/schema';

const config = { audience: 'administrator' } as const;
const tags = ['settings'];

interface Document {
  readonly key: keyof OfficeDocuments;
  readonly what: string;
  readonly schema: TUnsafe<DocumentBody>;
}

export function officeDocumentRoutes(app: Api, deps: ApiDeps): void {
  const documents: readonly Document[] = [
    { key: 'feature-codes', what: 'Feature codes', schema: featureCodes },
    { key: 'features', what: 'Features of the office, each on or off', schema: featureSwitches },
    { key: 'fraud-guard', what: 'Countries, premium numbers and limits of calls out', schema: fraudGuard },
    { key: 'parking', what: 'Park slots', schema: parking },
    { key: 'language', what: 'The language that callers and colleagues hear', schema: officeLanguage },
    { key: 'zone', what: 'The clock of the office', schema: officeZone },
  ];
  for (const document of documents) documentRoutes(app, deps, document);
}

function documentRoutes(app: Api, deps: ApiDeps, { key, what, schema }: Document): void {
  const url = `/api/settings/${key}`;
  const now = async (): Promise<DocumentBody> => bodyOf(key, await deps.reading('get-office-documents', undefined));
  app.get(url, { config, schema: { tags, summary: what, response: { 200: schema } } }, now);
  app.put(
    url,
    { config, schema: { tags, summary: `${what}: the whole document`, body: schema, response: { 200: schema } } },
    async (request) => {
      checkCountries(request.body);
      valueOf(await deps.reading('save-office-document', documentOf(key, request.body)));
      await deps.directoryChanged();
      return now();
    },
  );
}

/** A letter mixed up would open nothing, and nobody would know why. */
function checkCountries(body: DocumentBody): void {
  if (!('openCountries' in body)) return;
  const unknown = body.openCountries.findIndex((country) => !hasNumbers(country));
  if (unknown >= 0) throw invalid(`openCountries.${unknown}`, 'is no country that has telephone numbers');
}

/** A body is an object; language and zone alone are words. */
function bodyOf(key: Document['key'], documents: OfficeDocuments): DocumentBody {
  if (key === 'language') return { language: documents.language };
  return key === 'zone' ? { zone: documents.zone } : documents[key];
}

/** The schema of this key has checked the body. */
function documentOf(key: Document['key'], body: DocumentBody): OfficeDocumentToSave {
  const value = 'language' in body ? body.language : 'zone' in body ? body.zone : body;
  return { key, value } as OfficeDocumentToSave;
}
