/**
 * The description of the interface (OpenAPI 3.1) at /api/openapi.json, made from the schemas of the routes, and a page to
 * read and try it at /api/docs. The page loads nothing from elsewhere. What is switched off in this office is not described.
 */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FeatureSwitches } from '../../call-router/state/feature-switch';
import type { ApiDeps } from './deps';
import type { ProblemKind } from './problem-messages';
import { problemKinds } from './problems';
import { isOfferedRoute } from './route-features';
import type { Api } from './schemas/schema';

const description = [
  'Everything Trunkline can do, for programs. Send `Authorization: Bearer …` with a token of an administrator, or the cookie',
  'of POST /api/login; with the cookie each change needs `content-type: application/json` and the page’s own Origin.',
  'Every error is a problem of RFC 9457; switch on its `kind`. Lists give `items`, and `next` while there is more.',
].join(' ');

/** Before the routes: it watches them being declared. */
export async function describeApi(app: Api, { directory }: Pick<ApiDeps, 'directory'>): Promise<void> {
  await app.register(swagger, {
    hideUntagged: true,
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Trunkline', version: '1', description },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          cookie: { type: 'apiKey', in: 'cookie', name: '__Host-trunkline' },
        },
      },
      security: [{ token: [] }, { cookie: [] }],
    },
    transformObject: (document) =>
      'openapiObject' in document ? withProblems(document.openapiObject) : document.swaggerObject,
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP:
      "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'none'",
    transformSpecification: (document) => offered(document, directory().features),
    uiConfig: { validatorUrl: null, docExpansion: 'none', tryItOutEnabled: false },
  });
}

export function openApiRoute(app: Api, { directory }: Pick<ApiDeps, 'directory'>): void {
  app.get(
    '/api/openapi.json',
    { config: { audience: 'everyone' }, schema: { tags: ['service'], summary: 'This description' } },
    async (request, reply) => reply.type('application/json').send(offered(app.swagger(), directory().features)),
  );
}

/** Without what belongs to features that are switched off. */
function offered<Document extends object>(document: Document, on: FeatureSwitches): Document {
  const paths = Object.entries('paths' in document ? asObject(document.paths) : {});
  return { ...document, paths: Object.fromEntries(paths.filter(([url]) => isOfferedRoute(url, on))) };
}

/** Every operation may answer with a problem; saying so once is enough. */
function withProblems<Document extends { readonly paths?: object; readonly components?: object }>(
  document: Document,
): Document {
  const problem = { $ref: '#/components/schemas/Problem' };
  const answer = { description: 'A problem (RFC 9457)', content: { 'application/problem+json': { schema: problem } } };
  const paths = mapped(document.paths ?? {}, (path) =>
    mapped(path, (operation) =>
      'responses' in operation
        ? { ...operation, responses: { ...asObject(operation.responses), default: answer } }
        : operation,
    ),
  );
  const schemas = {
    ...asObject('schemas' in (document.components ?? {}) ? schemasOf(document) : {}),
    Problem: problemSchema,
  };
  return { ...document, paths, components: { ...document.components, schemas } };
}

const kinds = Object.keys(problemKinds) as ProblemKind[]; // Object.keys forgets what the table knows
const problemSchema = {
  type: 'object',
  required: ['type', 'kind', 'title', 'status'],
  properties: {
    type: { type: 'string', description: '/problems/ and the kind' },
    kind: { type: 'string', enum: kinds },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'one sentence for a person' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } },
    },
    retryAfterS: { type: 'integer' },
    request: { type: 'string', description: 'names the request in the log' },
  },
};

function schemasOf(document: { readonly components?: object }): unknown {
  const { components } = document;
  return components !== undefined && 'schemas' in components ? components.schemas : {};
}

function mapped(object: object, change: (value: object) => object): object {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(asObject(value))]));
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
