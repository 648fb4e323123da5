// The rules of the tree as data and as functions from a file's path and text to what is wrong with it. The paths are
// relative to the checkout's root. test/architecture.test.ts applies them to the sources, and to bad examples.
import path from 'node:path';
import { codeOf, importsOf, isReExporting, type ImportedFrom } from './source-text';

export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

type Rule = (source: SourceFile) => readonly string[];

const edges = ['sip-gateway', 'media', 'recordings', 'crm-link', 'prisma'] as const;
export const folders = ['call-router', ...edges, 'server', 'softphone', 'demo', 'bench'] as const;
const engines = ['sip-gateway/engine', 'media/engine'];

/** Folder → the folders of ours it may import. `test` may import everything. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'call-router': ['call-router'],
  ...Object.fromEntries(edges.map((edge) => [edge, ['call-router', edge]])),
  server: ['call-router', ...edges, 'server'],
  softphone: ['call-router', 'softphone'],
  demo: ['call-router', ...edges, 'server', 'demo'],
  bench: ['call-router', ...edges, 'server', 'demo', 'bench'],
};

/** The files of the server that the pages may read, and only their types. */
const sharedWithPages = ['messages', 'call-messages', 'desk-messages', 'problem-messages', 'push-messages'].map(
  (name) => `server/api/${name}`,
);

/** npm package, or the beginning of its name → where it may be imported. */
const owners: Readonly<Record<string, readonly string[]>> = {
  'drachtio-srf': ['sip-gateway'],
  mediasoup: ['media'],
  '@evan/': ['media/engine'],
  '@prisma/': ['prisma'],
  'better-sqlite3': ['prisma'],
  pg: ['prisma'],
  'libphonenumber-js': ['call-router/values/number.ts'],
  fastify: ['server'],
  '@fastify/': ['server'],
  '@sinclair/typebox': ['server'],
  '@node-rs/argon2': ['server'],
  '@peculiar/x509': ['server'],
  'reflect-metadata': ['server'],
  'ipaddr.js': ['server'],
  nodemailer: ['server'],
  'web-push': ['server'],
  'playwright-core': ['bench'],
  pino: ['server'],
  tar: ['server'],
  ws: ['sip-gateway/engine', 'server'],
  'sip.js': ['softphone'],
  '@ffmpeg/': ['softphone'],
  react: ['softphone'],
  'react-dom': ['softphone'],
  'react-router': ['softphone'],
  '@tanstack/': ['softphone'],
  'radix-ui': ['softphone'],
  vite: ['softphone'],
  '@vitejs/': ['softphone'],
};

const linesMax = 300;
const testLinesMax = 400;
/** A catalogue of sentences is a list: splitting it would only make a sentence harder to find. */
const catalogues = ['softphone/src/text/', 'softphone/src/help/'];

/** Time, chance and the environment, each with the files that may touch it. */
const guarded: readonly { readonly what: string; readonly pattern: RegExp; readonly allowed: RegExp }[] = [
  { what: 'Date.now()', pattern: /\bDate\.now\b/, allowed: /(^|\/)clock\.ts$/ },
  { what: 'new Date() without a time', pattern: /\bnew Date\(\s*\)/, allowed: /(^|\/)clock\.ts$/ },
  { what: 'performance.now()', pattern: /\bperformance\.now\b|\bhrtime\b/, allowed: /(^|\/)clock\.ts$/ },
  { what: 'a timer', pattern: /\b(setTimeout|setInterval)\s*\(/, allowed: /(^|\/)clock\.ts$/ },
  { what: 'Math.random()', pattern: /\bMath\.random\b/, allowed: /(^|\/)clock\.ts$/ },
  {
    // Entry points hand it to the configuration; prisma/snapshot.ts hands PATH on to pg_dump; the pages' build
    // configuration is no part of the service.
    what: 'process.env',
    pattern: /\bprocess\.env\b/,
    allowed: /^(server\/(config[\w-]*|main|backup|restore)|prisma\/snapshot|softphone\/vite\.config)\.ts$/,
  },
];

const impure =
  /\b(async|await|Promise|Date|Math\.random|setTimeout|setInterval|setImmediate|process|performance|crypto|fetch)\b/;

/** Each file keeps to its folder's arrows; an engine's files keep to the engine. */
export const importsOnlyWhatItMay: Rule = ({ file, text }) =>
  importsOf(text)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map((imported) => ({ imported, target: path.posix.join(path.posix.dirname(file), imported.specifier) }))
    .filter(({ imported, target }) => !mayImport(file, target, imported))
    .map(({ target }) => `${file} imports ${target}`);

function mayImport(file: string, target: string, { isTypeOnly }: ImportedFrom): boolean {
  const engine = engines.find((folder) => file.startsWith(`${folder}/`));
  if (engine) return target.startsWith(`${engine}/`);
  const folder = folderOf(file);
  if (folder === 'softphone' && sharedWithPages.includes(target)) return isTypeOnly;
  return (arrows[folder] ?? []).includes(folderOf(target));
}

/** A foreign library is imported by its one owner; `node:` modules by everyone but call-router. */
export const importsLibrariesItOwns: Rule = ({ file, text }) =>
  importsOf(text)
    .map(({ specifier }) => specifier)
    .filter((specifier) => !specifier.startsWith('.') && !mayUse(file, specifier))
    .map((specifier) => `${file} imports ${specifier}`);

function mayUse(file: string, specifier: string): boolean {
  if (specifier.startsWith('node:')) return folderOf(file) !== 'call-router';
  const owner = Object.entries(owners).find(([name]) => isOf(specifier, name));
  return (owner?.[1] ?? []).some((place) => file === place || file.startsWith(`${place}/`));
}

function isOf(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(name.endsWith('/') ? name : `${name}/`);
}

/** call-router decides and does nothing else: no time, no chance, no waiting, no process. */
export const isPure: Rule = ({ file, text }) =>
  codeOf(text)
    .split('\n')
    .flatMap((line, index) => {
      const found = folderOf(file) === 'call-router' ? impure.exec(line) : null;
      return found ? [`${file}:${index + 1} uses ${found[0]}`] : [];
    });

/** Time, chance and the environment come in as arguments, everywhere but in the files that read them. */
export const takesTimeAsArgument: Rule = ({ file, text }) => {
  if (['demo', 'bench'].includes(folderOf(file))) return [];
  const lines = codeOf(text).split('\n');
  return guarded
    .filter(({ allowed }) => !allowed.test(file))
    .flatMap(({ what, pattern }) =>
      lines.flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} uses ${what}`] : [])),
    );
};

/** No index.ts and no re-exports: import the file that has the thing. */
export const isNoBarrel: Rule = ({ file, text }) => [
  ...(/(^|\/)index\.tsx?$/.test(file) ? [`${file} is an index file`] : []),
  ...(isReExporting(text) ? [`${file} re-exports`] : []),
];

export const isShortEnough: Rule = ({ file, text }) => {
  const lines = text.replace(/\n$/, '').split('\n').length;
  if (catalogues.some((folder) => file.startsWith(folder))) return [];
  const max = folderOf(file) === 'test' ? testLinesMax : linesMax;
  return lines > max ? [`${file} has ${lines} lines, more than ${max}`] : [];
};

export const beginsWithComment: Rule = ({ file, text }) =>
  /^(#![^\n]*\n)?\s*\/[/*]/.test(text) ? [] : [`${file} does not begin with a comment that says what it is for`];

function folderOf(file: string): string {
  return file.split('/')[0] ?? '';
}
