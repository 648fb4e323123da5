// Holds the rules of the tree: which folder may import which, who owns which library, what call-router may not touch,
// where time and chance come in, and how long a file may be. The rules are in architecture/rules.ts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  beginsWithComment,
  folders,
  importsLibrariesItOwns,
  importsOnlyWhatItMay,
  isNoBarrel,
  isPure,
  isShortEnough,
  takesTimeAsArgument,
  type SourceFile,
} from './architecture/rules';
import { importsOf } from './architecture/source-text';

const root = path.resolve(__dirname, '..');

function sourcesIn(folder: string): readonly SourceFile[] {
  const base = path.join(root, folder);
  if (!existsSync(base)) return [];
  return readdirSync(base, { recursive: true })
    .map((name) => path.posix.join(folder, String(name)))
    .filter((file) => /\.tsx?$/.test(file) && !/(^|\/)generated\/|\.d\.ts$/.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));
}

const sources = folders.flatMap(sourcesIn);
const tests = sourcesIn('test');

describe('the sources', () => {
  test('are found', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.some(({ file }) => file === 'call-router/decide.ts')).toBe(true);
  });

  test.each([
    ['keep to the arrows between folders', importsOnlyWhatItMay],
    ['leave each foreign library to its owner', importsLibrariesItOwns],
    ['of call-router are pure', isPure],
    ['take time, chance and environment from their one place', takesTimeAsArgument],
    ['have no index files and no re-exports', isNoBarrel],
    ['are short', isShortEnough],
    ['begin with a comment that says what they are for', beginsWithComment],
  ])('%s', (_, rule) => {
    expect(sources.flatMap(rule)).toEqual([]);
  });

  test('of the tests are short', () => {
    expect(tests.flatMap(isShortEnough)).toEqual([]);
  });
});

describe('the packages', () => {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const table = readFileSync(path.join(root, 'docs/DEPENDENCIES.md'), 'utf8');

  test('are pinned exactly', () => {
    const versions = namesAndVersions(manifest).map(([, version]) => version);
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('each have a row in docs/DEPENDENCIES.md', () => {
    const names = namesAndVersions(manifest).map(([name]) => name);
    expect(names.filter((name) => !table.includes(`| \`${name}\``))).toEqual([]);
  });
});

function namesAndVersions(manifest: unknown): readonly (readonly [string, string])[] {
  const { dependencies, devDependencies } = manifest as Record<string, Record<string, string>>;
  return Object.entries({ ...dependencies, ...devDependencies });
}

describe('the rules find', () => {
  const wrong: readonly (readonly [string, (source: SourceFile) => readonly string[], SourceFile])[] = [
    [
      'an edge that imports an edge',
      importsOnlyWhatItMay,
      source('media/a.ts', "import { x } from '../recordings/b';"),
    ],
    ['an engine that looks outside', importsOnlyWhatItMay, source('media/engine/a.ts', "import { x } from '../sdp';")],
    [
      'a page that runs server code',
      importsOnlyWhatItMay,
      source('softphone/src/a.ts', "import { x } from '../../server/api/messages';"),
    ],
    [
      'an import of the server',
      importsOnlyWhatItMay,
      source('crm-link/a.ts', "const x = await import('../server/log');"),
    ],
    ['a library in a foreign folder', importsLibrariesItOwns, source('server/a.ts', "import Srf from 'drachtio-srf';")],
    ['a library that nobody owns', importsLibrariesItOwns, source('server/a.ts', "import _ from 'lodash';")],
    ['a node module in the core', importsLibrariesItOwns, source('call-router/a.ts', "import fs from 'node:fs';")],
    ['a clock in the core', isPure, source('call-router/a.ts', 'const at = Date.now();')],
    ['waiting in the core', isPure, source('call-router/a.ts', 'export async function f() {}')],
    ['a timer outside a clock file', takesTimeAsArgument, source('media/a.ts', 'setTimeout(f, 1);')],
    ['chance', takesTimeAsArgument, source('server/main.ts', 'const x = Math.random();')],
    ['the environment', takesTimeAsArgument, source('server/log.ts', "const x = process.env['HOME'];")],
    ['an index file', isNoBarrel, source('media/index.ts', '// nothing')],
    ['a re-export', isNoBarrel, source('media/a.ts', "export { x } from './b';")],
    ['a long file', isShortEnough, source('media/a.ts', 'x\n'.repeat(301))],
    ['a file without a word about itself', beginsWithComment, source('media/a.ts', 'const x = 1;')],
  ];

  test.each(wrong)('%s', (_, rule, bad) => {
    expect(rule(bad)).toHaveLength(1);
  });

  test('nothing in comments, in strings and where it is allowed', () => {
    const good = [
      source('call-router/a.ts', "// Date.now() is async\nconst text = 'await Promise'; /* setTimeout( */"),
      source('media/engine/clock.ts', '// clock\nexport const now = () => Date.now();'),
      source(
        'server/a.ts',
        "// server\nimport type { X } from '../media/b';\nimport { z } from 'node:fs';\nconst d = new Date(at);",
      ),
      source(
        'softphone/src/a.ts',
        "// page\nimport type { X } from '../../server/api/messages';\nimport { y } from 'react';",
      ),
    ];
    const rules = [
      importsOnlyWhatItMay,
      importsLibrariesItOwns,
      isPure,
      takesTimeAsArgument,
      isNoBarrel,
      isShortEnough,
    ];
    expect(good.flatMap((file) => rules.flatMap((rule) => rule(file)))).toEqual([]);
  });

  test('imports over several lines, dynamic ones and those for effect', () => {
    const text =
      "import {\n  a,\n  b,\n} from './one';\nimport './two';\nawait import('./three');\nimport type { T } from './four';";
    expect(importsOf(text)).toEqual([
      { specifier: './one', isTypeOnly: false },
      { specifier: './four', isTypeOnly: true },
      { specifier: './two', isTypeOnly: false },
      { specifier: './three', isTypeOnly: false },
    ]);
  });
});

function source(file: string, text: string): SourceFile {
  return { file, text };
}
