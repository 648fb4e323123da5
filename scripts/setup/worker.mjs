// mediasoup's worker, the program that speaks WebRTC with browsers. Order: one made before (cache outside the work tree),
// else the makers' prebuilt binary with a few seconds' limit, else a build from the npm package's own source (2 to 4
// minutes). None of it stops the set-up: without a worker the service runs without browser audio and says so.
import { copyFileSync, chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { install, installCommand, isRoot } from './apt.mjs';
import { download } from './download.mjs';
import { cacheFolder, contentOf, digestOf, exists, inRoot, isStamped, stamp } from './place.mjs';
import { isInstalled, outcomeOf, run } from './run.mjs';
import { SetupProblem } from './say.mjs';

const place = inRoot('node_modules', 'mediasoup', 'worker', 'out', 'Release', 'mediasoup-worker');
const buildFiles = ['build.sh', 'Makefile', 'compat/srtp.h'].map((name) => inRoot('scripts', 'mediasoup-worker', name));
const retryAfterMs = 24 * 3_600_000;

const debianPackages = [
  ...['g++', 'make', 'pkg-config', 'flatbuffers-compiler', 'libflatbuffers-dev'],
  ...['libssl-dev', 'libuv1-dev', 'libsrtp2-dev', 'libusrsctp-dev', 'libabsl-dev'],
];
const libraries = ['openssl', 'libuv', 'libsrtp2', 'usrsctp', 'flatbuffers', 'absl_flat_hash_map', 'absl_btree'];

function version() {
  const manifest = contentOf(inRoot('node_modules', 'mediasoup', 'package.json')).toString() || '{}';
  return JSON.parse(manifest).version;
}

function wanted() {
  return `${version()}-${process.arch}-${digestOf(...buildFiles.map(contentOf)).slice(0, 12)}`;
}

/** The worker ends with 41 when it is not told its version; anything else means that it cannot run on this system. */
async function runs(program) {
  return exists(program) && (await outcomeOf(program, [], { env: {}, replaceEnv: true })).code === 41;
}

function put(from, to) {
  mkdirSync(path.dirname(to), { recursive: true });
  copyFileSync(from, `${to}.${process.pid}`);
  chmodSync(`${to}.${process.pid}`, 0o755);
  renameSync(`${to}.${process.pid}`, to);
}

async function isBuildable() {
  if (!['g++', 'make', 'flatc', 'pkg-config'].every(isInstalled)) return false;
  return (await outcomeOf('pkg-config', ['--exists', ...libraries])).code === 0;
}

async function build(to) {
  if (!(await isBuildable()) && isRoot()) await install(debianPackages);
  if (!(await isBuildable())) {
    throw new SetupProblem(
      'Browsers will have no audio: the mediasoup worker could not be downloaded, and what builds it is missing.',
      `As root: ${installCommand(debianPackages)}; then: npm run setup:worker`,
    );
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mediasoup-worker-'));
  try {
    const advice =
      'browsers will have no audio until this builds; everything else works. To try again: npm run setup:worker';
    await run('nice', ['bash', buildFiles[0], inRoot('node_modules', 'mediasoup'), folder], { advice });
    put(path.join(folder, 'mediasoup-worker'), to);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A failure is remembered for a day, so that each start does not try for minutes again. */
function isGivenUp() {
  const isAsked = process.argv[2] === 'worker';
  const until = Number(contentOf(inRoot('node_modules', '.set-up', 'no-worker')).toString());
  return !isAsked && until > Date.now();
}

export const workerStep = {
  title: 'preparing browser audio (mediasoup worker; building it takes minutes)',
  mayFail: true,
  isDone: () =>
    process.env.MEDIASOUP_WORKER_BIN !== undefined ||
    isGivenUp() ||
    (exists(place) && isStamped('node_modules', 'worker', wanted())),
  async run() {
    const cached = path.join(cacheFolder(), `mediasoup-worker-${wanted()}`);
    try {
      if (!(await runs(cached)) && !(await download(version(), cached, runs))) await build(cached);
      if (!(await runs(cached))) throw new SetupProblem('Browsers will have no audio: the worker does not run here.');
    } catch (problem) {
      stamp('node_modules', 'no-worker', String(Date.now() + retryAfterMs));
      throw problem;
    }
    put(cached, place);
    stamp('node_modules', 'worker', wanted());
  },
};
