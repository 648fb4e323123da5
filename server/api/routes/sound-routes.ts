/**
 * Uploaded sounds: greetings, music on hold and our own prompts in another voice. A WAV comes in as the body itself, is
 * converted once (server/sound-files.ts) and heard back as WAV. Other formats are turned into WAV by the page before the
 * upload. Also our own prompts, which an upload may replace.
 */
import { Type } from '@sinclair/typebox';
import { type Language, languages } from '../../../call-router/state/office';
import { assertNever } from '../../../call-router/values/assert';
import type { SoundProblem } from '../../../media/sound/read-wav';
import { wavOfALaw } from '../../../media/sound/wav-of-alaw';
import type { OfficeFields } from '../../../prisma/records';
import { ownPromptAudio, ownPrompts } from '../../own-prompts';
import type { ApiDeps } from '../deps';
import { invalid, ProblemError, valueOf } from '../problems';
import { objectSchemas } from '../schemas/office-object-schemas';
import { language } from '../schemas/office-schemas';
import { promptName } from '../schemas/prompt-schemas';
import { type Api, closed, idInPath, line, nothing, oneOf, removable } from '../schemas/schema';
import { sendBytes } from '../send-bytes';

const tags = ['sounds'];
const config = { audience: 'administrator' } as const;
const audio = Type.Unsafe<unknown>({ type: 'string', format: 'binary', description: 'audio/wav' });
const kind = oneOf(['greeting', 'music', 'prompt']);
const replaces = Type.Object({ prompt: promptName, language }, closed);

const uploadQuery = Type.Object(
  {
    name: line(100),
    kind,
    prompt: Type.Optional(promptName),
    language: Type.Optional(language),
  },
  closed,
);
const patch = Type.Object(
  { name: Type.Optional(line(100)), kind: Type.Optional(kind), replaces: removable(replaces) },
  closed,
);

export function soundRoutes(app: Api, deps: ApiDeps): void {
  uploadRoute(app, deps);
  changingRoutes(app, deps);
  app.get(
    '/api/sounds/:id/audio',
    {
      config,
      schema: {
        tags,
        summary: 'Its sound as it is played; with Range',
        params: idInPath,
        response: { 200: audio, 206: audio },
      },
    },
    async (request, reply) => {
      const known = valueOf(await deps.reading('get-object', { kind: 'sound', ...request.params }));
      const bytes = await deps.sounds.read(known.id);
      if (bytes === undefined) throw new ProblemError('not-found');
      return sendBytes(request, reply.header('cache-control', 'private, no-store'), wavOfALaw(bytes));
    },
  );
  ownPromptRoutes(app);
}

/** In a scope of its own: here alone a body is sound. */
function uploadRoute(app: Api, deps: ApiDeps): void {
  void app.register(async (scope: Api) => {
    const { bodySizeBytesMax: bodyLimit } = deps.config.limits.sounds;
    scope.addContentTypeParser(/^audio\//, { parseAs: 'buffer', bodyLimit }, (_, body, done) => done(null, body));
    scope.post(
      '/api/sounds',
      {
        config: { ...config, takes: 'audio' },
        bodyLimit,
        schema: {
          tags,
          summary: 'Add a sound: the body is a WAV file, mono or stereo, PCM, float, A-law or µ-law of any rate',
          querystring: uploadQuery,
          // Bytes have no schema; that there are any is looked at by the handler.
          body: { content: { 'audio/wav': { schema: Type.Unsafe<unknown>({}) } } },
          response: { 201: objectSchemas('sound').shown },
        },
      },
      async (request, reply) => {
        const row = await added(deps, await fieldsOf(request.query), request.body);
        await deps.directoryChanged();
        return reply.code(201).send(row);
      },
    );
  });
}

interface Upload {
  readonly name: string;
  readonly kind: 'greeting' | 'music' | 'prompt';
  readonly prompt?: string;
  readonly language?: Language;
}

async function fieldsOf({
  name,
  kind: of,
  prompt,
  language: spoken,
}: Upload): Promise<Omit<OfficeFields<'sound'>, 'durationMs'>> {
  if (of !== 'prompt') return { name, kind: of };
  if (prompt === undefined) throw invalid('prompt', 'is missing: which of our own prompts this replaces');
  if (spoken === undefined) throw invalid('language', 'is missing');
  await checkPrompt(prompt, 'prompt');
  return { name, kind: of, replaces: { prompt, language: spoken } };
}

async function checkPrompt(name: string, field: string): Promise<void> {
  if ((await ownPromptAudio(`en.${name}`)) === undefined) throw invalid(field, 'is none of our prompts');
}

async function added({ sounds, reading }: ApiDeps, fields: Omit<OfficeFields<'sound'>, 'durationMs'>, body: unknown) {
  if (!Buffer.isBuffer(body))
    throw new ProblemError('unsupported-media-type', { detail: 'Send the WAV file itself as audio/wav.' });
  const taken = await sounds.take(body);
  if (!taken.ok) throw problemOf(taken.problem);
  const { durationMs, keep, drop } = taken.value;
  const made = await reading('create-object', { kind: 'sound', fields: { ...fields, durationMs } });
  if (!made.ok) await drop();
  const row = valueOf(made);
  try {
    await keep(row.id);
  } catch (error) {
    await reading('remove-object', { kind: 'sound', id: row.id }); // a sound without its file is silence
    throw error;
  }
  return row;
}

function problemOf(problem: SoundProblem | { readonly kind: 'overloaded' }): ProblemError {
  switch (problem.kind) {
    case 'overloaded':
      return new ProblemError('overloaded', { retryAfterS: 10 });
    case 'not-wav':
      return invalid(
        'body',
        problem.is === undefined ? 'is no WAV file' : `is ${problem.is}, not WAV: convert it first`,
      );
    case 'broken':
      return invalid('body', 'is a damaged WAV file');
    case 'coding-unknown':
      return invalid('body', `has a coding we do not read (format ${problem.formatTag}, ${problem.bits} bits)`);
    case 'channels':
      return invalid('body', `has ${problem.channels} channels; one or two can be read`);
    case 'rate':
      return invalid('body', `has a sampling rate of ${problem.rateHz} Hz; 4,000 to 192,000 can be read`);
    case 'too-short':
      return invalid('body', 'has no sound, or less than a tenth of a second');
    case 'too-long':
      return invalid('body', `lasts ${problem.seconds} s, which is too long`);
    default:
      return assertNever(problem);
  }
}

function changingRoutes(app: Api, deps: ApiDeps): void {
  const { reading, sounds } = deps;
  const url = '/api/sounds/:id';
  const common = { tags, params: idInPath };
  const { shown } = objectSchemas('sound');
  app.get(url, { config, schema: { ...common, summary: 'Show a sound', response: { 200: shown } } }, async (request) =>
    valueOf(await reading('get-object', { kind: 'sound', ...request.params })),
  );
  app.patch(
    url,
    { config, schema: { ...common, summary: 'Change a sound’s name or use', body: patch, response: { 200: shown } } },
    async (request) => {
      const { replaces: replaced } = request.body;
      if (replaced != null) await checkPrompt(replaced.prompt, 'replaces.prompt');
      const row = valueOf(await reading('change-object', { kind: 'sound', ...request.params, patch: request.body }));
      await deps.directoryChanged();
      return row;
    },
  );
  app.delete(
    url,
    { config, schema: { ...common, summary: 'Remove a sound that nothing uses', response: { 204: nothing } } },
    async (request, reply) => {
      valueOf(await reading('remove-object', { kind: 'sound', ...request.params }));
      await deps.directoryChanged();
      await sounds.remove(request.params.id);
      return reply.code(204).send(null);
    },
  );
}

const ownPrompt = Type.Object({
  name: promptName,
  texts: Type.Unsafe<Readonly<Record<Language, string>>>(
    Type.Object(Object.fromEntries(languages.map((one) => [one, Type.String()]))),
  ),
});

function ownPromptRoutes(app: Api): void {
  app.get(
    '/api/prompts',
    {
      config,
      schema: {
        tags,
        summary: 'Our own prompts and what they say in each language',
        response: { 200: Type.Object({ items: Type.Array(ownPrompt) }) },
      },
    },
    async () => ({ items: [...(await ownPrompts())] }),
  );
  app.get(
    '/api/prompts/:id/audio',
    {
      config,
      schema: {
        tags,
        summary: 'The sound of one: `en.busy` by language and name, `music.own` our music on hold; with Range',
        params: idInPath,
        response: { 200: audio, 206: audio },
      },
    },
    async (request, reply) => {
      const bytes = await ownPromptAudio(request.params.id);
      if (bytes === undefined) throw new ProblemError('not-found');
      return sendBytes(request, reply, wavOfALaw(bytes));
    },
  );
}
