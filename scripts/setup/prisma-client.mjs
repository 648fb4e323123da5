// The Prisma clients, one for each database. `prisma generate` insists on a native schema engine which it never calls;
// where that engine is not there we name /bin/true instead, for this child alone: with it, `migrate` would do nothing.
import { readdirSync } from 'node:fs';
import { contentOf, digestOf, digestOfSources, exists, inRoot, isStamped, stamp } from './place.mjs';
import { run } from './run.mjs';

const databases = ['sqlite', 'postgresql'];

/** Folders, not files: the models lie beside schema.prisma (`models` → ../models), and a file alone would have none. */
function schemas() {
  return databases.filter((name) => exists(inRoot('prisma', name, 'schema.prisma'))).map((name) => `prisma/${name}`);
}

function wanted() {
  return digestOf(digestOfSources(['prisma'], ['.prisma']), contentOf(inRoot('prisma.config.ts')));
}

function engineEnv() {
  const folder = inRoot('node_modules', '@prisma', 'engines');
  const isThere = exists(folder) && readdirSync(folder).some((name) => name.startsWith('schema-engine'));
  return isThere ? {} : { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true' };
}

function generate(schema) {
  const cli = inRoot('node_modules', 'prisma', 'build', 'index.js');
  return run(process.execPath, [cli, 'generate', '--schema', schema], {
    env: { ...engineEnv(), CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    advice: 'look at the lines above; the schema files are in prisma/.',
  });
}

export const prismaStep = {
  title: 'generating the database clients (prisma generate)',
  isDone: () =>
    databases.every(
      (name) => !exists(inRoot('prisma', name, 'schema.prisma')) || exists(inRoot('prisma', name, 'generated')),
    ) && isStamped('node_modules', 'prisma-client', wanted()),
  async run() {
    const before = wanted();
    for (const schema of schemas()) await generate(schema);
    stamp('node_modules', 'prisma-client', before);
  },
};
