// Runs a program without a terminal and keeps its last lines, which are shown only if it fails.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { root } from './place.mjs';
import { SetupProblem } from './say.mjs';

const linesKeptMax = 40;

/** Resolves when the program ends with 0; otherwise throws a SetupProblem with its last lines and the given advice. */
export async function run(program, args, { env = {}, cwd = root, advice } = {}) {
  const { code, output } = await outcomeOf(program, args, { env, cwd });
  if (code === 0) return;
  const shown = output.trimEnd().split('\n').slice(-linesKeptMax).join('\n  ');
  throw new SetupProblem(`\`${path.basename(program)} ${args.join(' ')}\` ended with ${code}.\n  ${shown}`, advice);
}

/** How a program ended and what it wrote. A program that cannot be started ends with -1. */
export function outcomeOf(program, args, { env = {}, cwd = root, replaceEnv = false } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, {
      cwd,
      env: replaceEnv ? env : { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: -1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? -1, output }));
  });
}

/** npm as it was called, or the one on the path. NODE_ENV=production would leave out what we build with. */
export function npm(args, options = {}) {
  const env = { NODE_ENV: '', ...options.env };
  const self = process.env.npm_execpath;
  const isNpm = self !== undefined && /npm-cli\.c?js$/.test(self);
  return isNpm ? run(process.execPath, [self, ...args], { ...options, env }) : run('npm', args, { ...options, env });
}

/** True if a program of this name is on the path. */
export function isInstalled(name) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
