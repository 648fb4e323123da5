// Debian's packages. As root we install what is missing; otherwise we can only say what to install.
import { contentOf } from './place.mjs';
import { outcomeOf, run } from './run.mjs';

let isUpdated = false;

export function isRoot() {
  return process.getuid?.() === 0;
}

/** Ubuntu's chromium is a snap, which a test in a container cannot start. */
export function isUbuntu() {
  return /^ID=ubuntu$/m.test(contentOf('/etc/os-release').toString());
}

export function installCommand(packages) {
  return `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/** Installs packages; throws a SetupProblem with apt's last lines if that fails. Call it as root only. */
export async function install(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const lock = ['-o', 'DPkg::Lock::Timeout=300'];
  // A failed update need not be the end: the lists may be good enough, and the installation says if they are not.
  if (!isUpdated) await outcomeOf('apt-get', [...lock, '-q', 'update'], { env });
  isUpdated = true;
  const advice = `make \`${installCommand(packages)}\` work on this machine, then run the command again.`;
  await run('apt-get', [...lock, '-q', 'install', '-y', '--no-install-recommends', ...packages], { env, advice });
}
