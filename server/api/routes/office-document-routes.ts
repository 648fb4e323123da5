/** Settings of the whole office: feature codes, fraud guard, parking, language. Each is one document, read and saved whole. */
import type { TUnsafe } from '@sinclair/typebox';
import type { OfficeDocumentToSave } from '../../../prisma/operations';
import type { OfficeDocuments } from '../../../prisma/records';
import type { ApiDeps } from '../deps';
import { valueOf } from '../problems';
import {
  type DocumentBody,
  featureCodes,
  fraudGuard,
  officeLanguage,
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
    { key: 'fraud-guard', what: 'Countries, premium numbers and limits of calls out', schema: fraudGuard },
    { key: 'parking', what: 'Park slots', schema: parking },
    { key: 'language', what: 'The language that callers and colleagues hear', schema: officeLanguage },
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
      valueOf(await deps.reading('save-office-document', documentOf(key, request.body)));
      await deps.directoryChanged();
      return now();
    },
  );
}

/** A body is an object; the language alone is a word. */
function bodyOf(key: Document['key'], documents: OfficeDocuments): DocumentBody {
  return key === 'language' ? { language: documents.language } : documents[key];
}

/** The schema of this key has checked the body. */
function documentOf(key: Document['key'], body: DocumentBody): OfficeDocumentToSave {
  return { key, value: 'language' in body ? body.language : body } as OfficeDocumentToSave;
}
