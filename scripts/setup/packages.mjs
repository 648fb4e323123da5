// The npm packages, exactly as the lock file says. Install scripts are not run here: the only one we need compiles
// better-sqlite3 and is a step of its own, and mediasoup's would fail the whole installation where its download does.
import { contentOf, digestOf, exists, inRoot, isStamped, stamp } from './place.mjs';
import { npm } from './run.mjs';

function wanted() {
  return digestOf(contentOf(inRoot('package-lock.json')));
}

/** npm leaves a list of what it installed; where that agrees with the lock file, `npm ci` was run by hand. */
function isInstalledByHand() {
  const installed = packagesOf(inRoot('node_modules', '.package-lock.json'));
  return Object.entries(packagesOf(inRoot('package-lock.json'))).every(
    ([name, { version, optional }]) =>
      name === '' || (installed[name] ? installed[name].version === version : optional === true),
  );
}

function packagesOf(lockFile) {
  return JSON.parse(contentOf(lockFile).toString() || '{}').packages ?? {};
}

export const packagesStep = {
  title: 'installing packages (npm ci)',
  isDone: () => exists(inRoot('node_modules')) && isStamped('node_modules', 'packages', wanted()),
  async run() {
    const isByHand = isInstalledByHand();
    if (!isByHand) {
      await npm(['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'], {
        advice: 'look at the lines above; if the npm registry could not be reached, check the network and try again.',
      });
    }
    stamp('node_modules', 'packages', wanted());
    return isByHand ? 'already there' : undefined;
  },
};
