// better-sqlite3's compiled part, for this Node. Order: one compiled before (cache outside the work tree), else its own
// install script, which downloads a prebuilt binary or compiles one in about a minute.
import { copyFileSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { install, installCommand, isRoot } from './apt.mjs';
import { cacheFolder, contentOf, exists, inRoot, isStamped, stamp } from './place.mjs';
import { isInstalled, npm, outcomeOf } from './run.mjs';

const addon = inRoot('node_modules', 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node');
const compilers = { 'g++': 'g++', make: 'make', python3: 'python3' };

function wanted() {
  const manifest = contentOf(inRoot('node_modules', 'better-sqlite3', 'package.json')).toString() || '{}';
  return `${JSON.parse(manifest).version}-node${process.versions.modules}-${process.platform}-${process.arch}`;
}

async function loads() {
  const probe = "new (require('better-sqlite3'))(':memory:').prepare('select 1').get()";
  return exists(addon) && (await outcomeOf(process.execPath, ['-e', probe])).code === 0;
}

/** Node's own headers, if they came with it: then node-gyp need not download them. */
function headersEnv() {
  const prefix = path.dirname(path.dirname(process.execPath));
  return exists(path.join(prefix, 'include', 'node', 'node.h')) ? { npm_config_nodedir: prefix } : {};
}

function put(from, to) {
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(from, `${to}.${process.pid}`);
  renameSync(`${to}.${process.pid}`, to);
}

async function compile() {
  const missing = Object.keys(compilers).filter((name) => !isInstalled(name));
  const packages = missing.map((name) => compilers[name]);
  if (missing.length > 0 && isRoot()) await install(packages);
  await npm(['rebuild', 'better-sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
    env: headersEnv(),
    advice:
      missing.length > 0 && !isRoot()
        ? `install the compiler as root (\`${installCommand(packages)}\`), then run the command again.`
        : 'look at the lines above: better-sqlite3 could neither be downloaded nor compiled.',
  });
}

export const addonStep = {
  title: 'preparing the SQLite library (better-sqlite3)',
  isDone: () => exists(addon) && isStamped('node_modules', 'sqlite-addon', wanted()),
  async run() {
    const cached = path.join(cacheFolder(), `better-sqlite3-${wanted()}.node`);
    if (!(await loads()) && exists(cached)) put(cached, addon);
    if (!(await loads())) await compile();
    if (!exists(cached)) put(addon, cached);
    stamp('node_modules', 'sqlite-addon', wanted());
  },
};
