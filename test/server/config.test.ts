import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, describeMistakes, readConfig, takeConfig } from '../../server/config';

const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function configOf(environment: Record<string, string>): Config {
  const result = readConfig(environment);
  if (!result.ok) throw new Error(describeMistakes(result.problem));
  return result.value;
}
function wrongKeysOf(environment: Record<string, string>): readonly string[] {
  const result = readConfig(environment);
  return result.ok ? [] : result.problem.map(({ key }) => key);
}

test('an empty environment gives the documented defaults', () => {
  const config = configOf({});
  expect(config.dataFolder).toBe(path.resolve('data'));
  expect(config.http).toEqual({ host: '127.0.0.1', port: 8080 });
  expect(config.https).toEqual({ host: '0.0.0.0', port: 8443 });
  expect(config.sip).toEqual([
    { transport: 'udp', host: '0.0.0.0', port: 5060 },
    { transport: 'tcp', host: '0.0.0.0', port: 5060 },
  ]);
  expect(config.rtpPorts).toEqual({ first: 10000, last: 19999 });
  expect(config.webrtc).toEqual({ host: '0.0.0.0', ports: { first: 44300, last: 44303 } });
  expect(config.databaseUrl).toBe(`file:${path.resolve('data', 'trunkline.db')}`);
  expect(config.keyFile).toBe(path.resolve('data', 'trunkline.key'));
  expect(config.country).toBeUndefined();
  expect(config.logLevel).toBe('info');
  expect(config.localNetworks).toContain('192.168.0.0/16');
});

test('the configuration and its parts are frozen', () => {
  const config = configOf({});
  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.isFrozen(config.limits.calls)).toBe(true);
  expect(Object.isFrozen(config.sip[0])).toBe(true);
});

test('all mistakes are reported at once, and no secret is repeated', () => {
  const result = readConfig({
    TRUNKLINE_HTTP: 'nowhere',
    TRUNKLINE_SIP: 'udp/0.0.0.0:5060,smoke/1.2.3.4:1',
    TRUNKLINE_RTP_PORTS: '20000-10000',
    TRUNKLINE_API_TOKEN: 'too-short-secret',
    TRUNKLINE_COUNTRY: 'Bohemia',
    TRUNKLINE_LOG: 'loud',
    TRUNKLINE_DATABASE_URL: 'mysql://root:hunter2@db',
    TRUNKLINE_TLS_CERT: '/a/cert.pem',
    TRUNKLINE_HTPPS: '0.0.0.0:443',
  });
  expect(result.ok).toBe(false);
  if (result.ok) return;
  expect(result.problem.map(({ key }) => key).sort()).toEqual([
    'TRUNKLINE_API_TOKEN',
    'TRUNKLINE_COUNTRY',
    'TRUNKLINE_DATABASE_URL',
    'TRUNKLINE_HTPPS',
    'TRUNKLINE_HTTP',
    'TRUNKLINE_LOG',
    'TRUNKLINE_RTP_PORTS',
    'TRUNKLINE_SIP',
    'TRUNKLINE_TLS_KEY',
  ]);
  const message = describeMistakes(result.problem);
  expect(message).not.toMatch(/hunter2|too-short-secret/);
  expect(message.split('\n')).toHaveLength(10);
});

test.each([
  ['TRUNKLINE_HTTP', '127.0.0.1'],
  ['TRUNKLINE_HTTP', '127.0.0.1:99999'],
  ['TRUNKLINE_HTTP', '::1:80'],
  ['TRUNKLINE_SIP', 'udp/host.example:5060'],
  ['TRUNKLINE_SIP', 'udp/0.0.0.0:5060,udp/0.0.0.0:5060'],
  ['TRUNKLINE_SIP', 'sctp/0.0.0.0:5060'],
  ['TRUNKLINE_SIP', ','],
  ['TRUNKLINE_RTP_PORTS', '10000-10008'],
  ['TRUNKLINE_RTP_PORTS', '80-20000'],
  ['TRUNKLINE_WEBRTC', 'host.example:44300'],
  ['TRUNKLINE_WEBRTC', '0.0.0.0:44303-44300'],
  ['TRUNKLINE_WEBRTC', '0.0.0.0:44300-45000'],
  ['TRUNKLINE_WEBRTC', '0.0.0.0'],
  ['TRUNKLINE_PUBLIC_ADDRESS', 'example.com'],
  ['TRUNKLINE_LOCAL_NETWORKS', '10.0.0.0/99'],
  ['TRUNKLINE_DRACHTIO', 'http://a:1'],
  ['TRUNKLINE_COUNTRY', 'ZZ'],
  ['TRUNKLINE_ADMIN_PASSWORD', 'short'],
])('%s=%s is a mistake', (key, value) => {
  expect(wrongKeysOf({ [key]: value, TRUNKLINE_DRACHTIO_SECRET: 'x' })).toEqual([key]);
});

test('addresses of IPv6, port 0 and lower-case countries are understood', () => {
  const config = configOf({
    TRUNKLINE_HTTP: '[::1]:0',
    TRUNKLINE_SIP: 'udp/127.0.0.1:0, TCP/[::]:5060',
    TRUNKLINE_COUNTRY: 'de',
    TRUNKLINE_WEBRTC: '[::]:44300',
    TRUNKLINE_DRACHTIO: 'drachtio://a.example:9000,drachtio://10.0.0.2',
    TRUNKLINE_DRACHTIO_SECRET: 'cymru',
  });
  expect(config.http).toEqual({ host: '::1', port: 0 });
  expect(config.sip[1]).toEqual({ transport: 'tcp', host: '::', port: 5060 });
  const doors = ['udp', 'tcp', 'tls', 'ws', 'wss'];
  const all = configOf({ TRUNKLINE_SIP: doors.map((door, at) => `${door}/192.0.2.1:${5060 + at}`).join() });
  expect(all.sip.map(({ transport }) => transport)).toEqual(doors);
  expect(config.webrtc).toEqual({ host: '::', ports: { first: 44300, last: 44300 } });
  expect(config.country).toBe('DE');
  expect(config.drachtio?.servers).toEqual([
    { host: 'a.example', port: 9000 },
    { host: '10.0.0.2', port: 9022 },
  ]);
});

test('a secret comes from a file; given twice, or from a file that is not there, is a mistake', () => {
  const file = path.join(folder, 'token');
  writeFileSync(file, `${'t'.repeat(40)}\n`);
  expect(configOf({ TRUNKLINE_API_TOKEN_FILE: file }).apiToken).toBe('t'.repeat(40));
  expect(wrongKeysOf({ TRUNKLINE_API_TOKEN_FILE: path.join(folder, 'none') })).toEqual(['TRUNKLINE_API_TOKEN_FILE']);
  expect(wrongKeysOf({ TRUNKLINE_API_TOKEN_FILE: file, TRUNKLINE_API_TOKEN: 'u'.repeat(40) })).toEqual([
    'TRUNKLINE_API_TOKEN',
  ]);
});

test('taking the configuration removes the secrets from the environment and leaves the rest', () => {
  const environment: Record<string, string | undefined> = {
    PATH: '/bin',
    TRUNKLINE_API_TOKEN: 's'.repeat(32),
    TRUNKLINE_ADMIN_PASSWORD: 'correct horse',
    TRUNKLINE_DATABASE_URL: 'postgresql://u:p@db/trunkline',
    TRUNKLINE_LOG: 'debug',
  };
  const result = takeConfig(environment);
  expect(result.ok && result.value.apiToken).toBe('s'.repeat(32));
  expect(environment).toEqual({ PATH: '/bin', TRUNKLINE_LOG: 'debug' });
});
