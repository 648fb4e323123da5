/** The first start: a country, a realm, an administrator whose password nobody else sees. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { openDatabase } from '../../prisma/database';
import { systemClock } from '../../server/clock';
import { type Config, readConfig } from '../../server/config';
import { chooseCountry, prepareFirstStart, type Terminal } from '../../server/first-start';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function configWith(environment: Record<string, string> = {}): Config {
  const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-first-'));
  folders.push(folder);
  const config = readConfig({ TRUNKLINE_DATA: folder, ...environment });
  if (!config.ok) throw new Error('wrong configuration in a test');
  return config.value;
}
function terminalThatTypes(...lines: readonly string[]): { terminal: Terminal; shown: () => string } {
  const input = new PassThrough();
  const output = new PassThrough();
  const shown: string[] = [];
  const left = [...lines];
  output.on('data', (chunk: Buffer) => {
    shown.push(chunk.toString());
    const line = chunk.toString().includes('In which country') ? left.shift() : undefined;
    if (line !== undefined) input.write(`${line}\n`);
  });
  return { terminal: { input, output }, shown: () => shown.join('') };
}
async function prepared(config: Config, terminal: Terminal | undefined) {
  const { databaseUrl: url, dataFolder } = config;
  const database = await openDatabase({ url, dataFolder, key: randomBytes(32), country: 'CZ', clock: systemClock() });
  await prepareFirstStart(database.reading.ask, config, terminal);
  await prepareFirstStart(database.reading.ask, config, terminal); // a second start changes nothing
  const account = await database.reading.ask('find-account', { login: 'admin' });
  const realm = await database.reading.ask('get-setting', { key: 'realm' });
  const administrators = await database.reading.ask('count-administrators', undefined);
  await database.close();
  return { account, realm, administrators };
}

test('without a terminal the password goes to a file for us alone, and must be changed', async () => {
  const config = configWith();
  const { account, realm, administrators } = await prepared(config, undefined);
  const file = path.join(config.dataFolder, 'admin-password');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toMatch(/^[a-zA-Z2-7]{16}\n$/);
  expect(account).toMatchObject({ role: 'administrator', mustChangePassword: true });
  expect(account?.passwordHash).toMatch(/^\$argon2id\$/);
  expect(realm).toBe('trunkline');
  expect(administrators).toBe(1);
});

test('on a terminal it is shown there and in no file', async () => {
  const config = configWith();
  const { terminal, shown } = terminalThatTypes();
  await prepared(config, terminal);
  expect(shown().match(/with the password [a-zA-Z2-7]{16}/g)).toHaveLength(1);
  expect(existsSync(path.join(config.dataFolder, 'admin-password'))).toBe(false);
});

test('a given password is used, shown nowhere, and need not be changed', async () => {
  const config = configWith({ TRUNKLINE_ADMIN_PASSWORD: 'given by the owner' });
  const { terminal, shown } = terminalThatTypes();
  const { account } = await prepared(config, terminal);
  expect(account).toMatchObject({ mustChangePassword: false });
  expect(shown()).toBe('');
});

test('the country is the configured one, else asked once and kept, else CZ', async () => {
  expect(await chooseCountry(configWith({ TRUNKLINE_COUNTRY: 'de' }), undefined)).toBe('DE');
  expect(await chooseCountry(configWith(), undefined)).toBe('CZ');
  const config = configWith();
  const { terminal, shown } = terminalThatTypes('Atlantis', 'sk');
  expect(await chooseCountry(config, terminal)).toBe('SK');
  expect(shown()).toContain('must be a country');
  expect(await chooseCountry(config, terminalThatTypes('DE').terminal)).toBe('SK');
});
