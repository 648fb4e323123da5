// The programs that the tests use beside Node: real SIP peers, a browser, a database server, a voice. As root they are
// installed; otherwise one line says what to install, and the suites that need them are reported as skipped.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { install, installCommand, isRoot, isUbuntu } from './apt.mjs';
import { exists } from './place.mjs';
import { isInstalled } from './run.mjs';
import { SetupProblem } from './say.mjs';

/** Program → Debian package. */
const tools = {
  sipp: 'sip-tester',
  baresip: 'baresip-core',
  ffmpeg: 'ffmpeg',
  chromium: 'chromium',
  'espeak-ng': 'espeak-ng',
  sox: 'sox',
  postgres: 'postgresql',
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

function missingPackages() {
  return Object.entries(tools)
    .filter(([program]) => !isThere(program) && !(program === 'chromium' && isUbuntu()))
    .map(([, name]) => name);
}

export const testToolsStep = {
  title: 'installing programs for the tests (apt-get)',
  mayFail: true,
  isDone: () => missingPackages().length === 0,
  async run() {
    const packages = missingPackages();
    if (isRoot()) return install(packages);
    throw new SetupProblem('Not root: suites that need them are skipped.', `As root: ${installCommand(packages)}`);
  },
};
