// The programs that the tests and the demo use beside Node: real SIP peers, a browser, a database server, a voice.
// As root they are installed; otherwise one line says what to install, and the suites that need them are skipped.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { install, installCommand, isRoot, isUbuntu } from './apt.mjs';
import { exists } from './place.mjs';
import { isInstalled } from './run.mjs';
import { SetupProblem } from './say.mjs';

/** Program → Debian package. */
const tools = {
  test: {
    sipp: 'sip-tester',
    baresip: 'baresip-core',
    ffmpeg: 'ffmpeg',
    chromium: 'chromium',
    'espeak-ng': 'espeak-ng',
    sox: 'sox',
    postgres: 'postgresql',
  },
  demo: { 'espeak-ng': 'espeak-ng' },
};

/** Debian keeps PostgreSQL's server programs off the path, a folder for each version. */
function isThere(program) {
  if (program !== 'postgres') return isInstalled(program);
  const base = '/usr/lib/postgresql';
  return (
    isInstalled(program) ||
    (exists(base) && readdirSync(base).some((version) => exists(path.join(base, version, 'bin', 'postgres'))))
  );
}

function missingPackages(purpose) {
  return Object.entries(tools[purpose])
    .filter(([program]) => !isThere(program) && !(program === 'chromium' && isUbuntu()))
    .map(([, name]) => name);
}

export function testToolsStep(purpose) {
  return {
    title: `installing programs for ${purpose === 'test' ? 'the tests' : 'the demo'} (apt-get)`,
    mayFail: true,
    isDone: () => missingPackages(purpose).length === 0,
    async run() {
      const packages = missingPackages(purpose);
      if (isRoot()) return install(packages);
      const lost = purpose === 'test' ? 'suites that need them are skipped' : 'the demo speaks in tones';
      throw new SetupProblem(`Not root: ${lost}.`, `As root: ${installCommand(packages)}`);
    },
  };
}
