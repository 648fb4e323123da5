import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deriveKey, readOrMakeKey } from '../../server/key-file';
import { maskedBy, openLog } from '../../server/log';
import { openMetrics } from '../../server/metrics';

const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a line is JSON with a named level; an error shows its kind and place, not its message', () => {
  const lines: string[] = [];
  const log = openLog('info', { write: (line) => void lines.push(line) });
  log.error({ call: 'c1', error: new TypeError('no user +420777123456', { cause: new Error('Anna') }) }, 'it failed');
  log.debug({ event: 'leg-ended' }, 'event');
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/420777|Anna/);
  const line: unknown = JSON.parse(lines[0] ?? '');
  expect(line).toMatchObject({
    level: 'error',
    call: 'c1',
    msg: 'it failed',
    error: { name: 'TypeError', cause: { name: 'Error' } },
  });
  expect(log.isDebug()).toBe(false);
});

test('a masked number is the same each time, differs by installation, and does not hold the number', () => {
  const mask = maskedBy(Buffer.alloc(32, 1));
  expect(mask('+420777123456')).toBe(mask('+420777123456'));
  expect(mask('+420777123456')).not.toBe(mask('+420777123457'));
  expect(mask('+420777123456')).not.toBe(maskedBy(Buffer.alloc(32, 2))('+420777123456'));
  expect(mask('+420777123456')).toMatch(/^[0-9a-f]{10}$/);
});

test('the key file is made once, for us alone, and closed if it was open to others', () => {
  const file = path.join(folder, 'deep', 'trunkline.key');
  const first = readOrMakeKey(file);
  const second = readOrMakeKey(file);
  expect(first.ok && second.ok && first.value.equals(second.value)).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const open = path.join(folder, 'open.key');
  writeFileSync(open, readFileSync(file), { mode: 0o644 });
  expect(readOrMakeKey(open).ok).toBe(true);
  expect(statSync(open).mode & 0o777).toBe(0o600);
  writeFileSync(open, 'not a key');
  expect(readOrMakeKey(open)).toMatchObject({ ok: false, problem: { kind: 'key-file-unreadable' } });
});

test('keys for two purposes are not the same', () => {
  const key = Buffer.alloc(32, 7);
  expect(deriveKey(key, 'recordings').equals(deriveKey(key, 'trunk-passwords'))).toBe(false);
  expect(deriveKey(key, 'recordings')).toHaveLength(32);
});

test('metrics are written as Prometheus reads them', () => {
  const metrics = openMetrics();
  metrics.describe('calls_total', 'Calls.');
  metrics.count('calls_total', { cause: 'bu"sy\n' });
  metrics.count('calls_total', { cause: 'bu"sy\n' }, 2);
  metrics.gauge('calls_live', 'Now.', () => [{ value: 3 }]);
  metrics.observe('wait_seconds', 0.004);
  metrics.observe('wait_seconds', 20);
  const text = metrics.text();
  expect(text).toContain('# HELP calls_total Calls.\n# TYPE calls_total counter\ncalls_total{cause="bu\\"sy\\n"} 3\n');
  expect(text).toContain('# TYPE calls_live gauge\ncalls_live 3\n');
  expect(text).toContain('wait_seconds_bucket{le="0.005"} 1\n');
  expect(text).toContain('wait_seconds_bucket{le="+Inf"} 2\nwait_seconds_sum 20.004\nwait_seconds_count 2\n');
});
