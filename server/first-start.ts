/**
 * What an empty installation needs before anybody can use it: a country, the digest realm that device passwords are hashed
 * with, and an administrator. A password we make up is shown on a terminal only; without one it goes to a file for us alone.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { AskReading } from './api/deps';
import { hashPassword, randomPassword } from './api/passwords';
import type { Config } from './config';
import { readCountry } from './config-values';

/** Where a person can be asked and told; undefined: nobody is looking. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

const countryByDefault = 'CZ';
const realm = 'trunkline';
const asksMax = 3;

/** The terminal of this process, if both ends are one. */
export function ownTerminal(): Terminal | undefined {
  return process.stdin.isTTY && process.stdout.isTTY ? { input: process.stdin, output: process.stdout } : undefined;
}

/** TRUNKLINE_COUNTRY, else what was answered at the first start, else asked now. Kept in `country` in the data folder. */
export async function chooseCountry(config: Config, terminal: Terminal | undefined): Promise<string> {
  if (config.country !== undefined) return config.country;
  const file = path.join(config.dataFolder, 'country');
  const kept = existsSync(file) ? readCountry(readFileSync(file, 'utf8').trim()) : undefined;
  if (kept?.ok === true) return kept.value;
  const country = terminal === undefined ? countryByDefault : await askCountry(terminal);
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${country}\n`);
  return country;
}

/** Makes realm and administrator where there are none. Safe to call at each start. */
export async function prepareFirstStart(
  reading: AskReading,
  config: Config,
  terminal: Terminal | undefined,
): Promise<void> {
  if ((await reading('get-setting', { key: 'realm' })) === undefined) {
    await reading('set-setting', { key: 'realm', value: realm });
  }
  const people = await reading('list-users', { viewer: { userId: '', role: 'system' }, limit: 1 });
  if (people.items.length > 0) return;
  const password = config.adminPassword ?? randomPassword(16);
  const made = await reading('create-user', {
    name: 'Administrator',
    login: 'admin',
    role: 'administrator',
    passwordHash: await hashPassword(password),
    mustChangePassword: config.adminPassword === undefined,
  });
  if (!made.ok) throw new Error(`the first administrator could not be made (${made.problem.kind})`);
  if (config.adminPassword === undefined) tell(password, config, terminal);
}

function tell(password: string, { dataFolder }: Config, terminal: Terminal | undefined): void {
  if (terminal !== undefined) {
    terminal.output.write(`\n  Log in as admin with the password ${password}\n  You will choose another one then.\n\n`);
    return;
  }
  writeFileSync(path.join(dataFolder, 'admin-password'), `${password}\n`, { mode: 0o600 });
}

async function askCountry({ input, output }: Terminal): Promise<string> {
  const lines = createInterface({ input, output });
  try {
    for (let asked = 0; asked < asksMax; asked += 1) {
      const answer = await lines.question(`In which country are your numbers? Two letters (${countryByDefault}): `);
      const country = readCountry(answer.trim() || countryByDefault);
      if (country.ok) return country.value;
      output.write(`  It ${country.problem}.\n`);
    }
    return countryByDefault;
  } finally {
    lines.close();
  }
}
