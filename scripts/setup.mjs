// Brings a checkout to the point where `npm start`, `npm test` and the other commands can run. npm calls it as their
// pre-script with the purpose as its argument. It uses only Node's own modules, because nothing is installed yet, and
// prints nothing when everything is in place. One set-up at a time: a second one waits for the first.
import { addonStep } from './setup/addon.mjs';
import { alone } from './setup/alone.mjs';
import { packagesStep } from './setup/packages.mjs';
import { prismaStep } from './setup/prisma-client.mjs';
import { failed, working } from './setup/say.mjs';
import { serverStep, webStep } from './setup/builds.mjs';
import { testToolsStep } from './setup/test-tools.mjs';
import { workerStep } from './setup/worker.mjs';

/** The steps of each purpose, in order. A step is { title, isDone(), run() }; `mayFail` marks one that we can live without. */
const base = [packagesStep, addonStep, prismaStep, serverStep];
const whole = [...base, webStep, workerStep];
const stepsFor = {
  start: whole,
  test: [...whole, testToolsStep],
  demo: whole,
  bench: [...base, workerStep],
  backup: base,
  worker: [packagesStep, workerStep],
};

const nodeMin = [20, 19];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > nodeMin[0] || (major === nodeMin[0] && minor >= nodeMin[1])) return;
  failed(
    `Trunkline needs Node ${nodeMin.join('.')} or newer; this is ${process.versions.node}.`,
    'Install Node 20 LTS or newer.',
  );
}

async function runPending(steps) {
  for (const step of steps) {
    if (await step.isDone()) continue;
    const end = working(step.title);
    try {
      end(await step.run());
    } catch (problem) {
      end(step.mayFail ? 'not available' : 'failed');
      if (!step.mayFail) failed(problem.message, problem.advice);
      process.stdout.write(`  ${problem.message}\n${problem.advice ? `  ${problem.advice}\n` : ''}`);
    }
  }
}

async function isAllDone(steps) {
  for (const step of steps) if (!(await step.isDone())) return false;
  return true;
}

checkNode();
const purpose = process.argv[2] ?? 'start';
const steps = stepsFor[purpose];
if (!steps) failed(`Unknown purpose "${purpose}".`, `Use one of: ${Object.keys(stepsFor).join(', ')}.`);
if (!(await isAllDone(steps))) await alone(() => runPending(steps));
