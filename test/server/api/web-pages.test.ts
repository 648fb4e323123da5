/** The built pages: kept for ever by their hash, asked for anew by name, and one page for every address that is no file. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { startTestService, type TestService } from './service';

const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-web-'));
let service: TestService;
beforeAll(async () => {
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Desk</title>');
  writeFileSync(path.join(folder, 'assets', 'index-abc123.js'), 'console.log(1)');
  writeFileSync(path.join(folder, 'assets', 'index-abc123.js.br'), brotliCompressSync('console.log(1)'));
  writeFileSync(path.join(folder, '.secret'), 'x');
  mkdirSync(path.join(folder, 'ffmpeg'));
  writeFileSync(path.join(folder, 'ffmpeg', 'core.js'), 'core');
  service = await startTestService({ webFolder: folder });
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

const html = { accept: 'text/html,application/xhtml+xml' };

test('the page is asked for anew each time and protected', async () => {
  const page = await service.ask('GET', '/', { headers: html });
  expect(page).toMatchObject({ status: 200, text: expect.stringContaining('<title>Desk</title>') });
  expect(page.headers).toMatchObject({ 'cache-control': 'no-cache', 'x-frame-options': 'DENY' });
  expect(page.headers['content-security-policy']).toContain("script-src 'self'");
});

test('a file with a hash in its name is kept for ever, and sent compressed to who takes it', async () => {
  const file = await service.ask('GET', '/assets/index-abc123.js');
  expect(file).toMatchObject({ status: 200, text: 'console.log(1)' });
  expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const packed = await service.ask('GET', '/assets/index-abc123.js', { headers: { 'accept-encoding': 'br' } });
  expect(packed.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(packed.bytes).toString()).toBe('console.log(1)');
});

test('an address of the page’s own routes gets the page; a missing file, a program and the API do not', async () => {
  expect(await service.ask('GET', '/leads/123', { headers: html })).toMatchObject({
    status: 200,
    text: expect.stringContaining('Desk'),
  });
  expect((await service.ask('GET', '/leads/123')).status).toBe(404);
  expect((await service.ask('GET', '/assets/gone.js', { headers: html })).status).toBe(404);
  expect((await service.ask('GET', '/favicon.ico', { headers: html })).status).toBe(404);
  expect((await service.ask('GET', '/api/gone', { headers: html })).json).toMatchObject({ kind: 'not-found' });
  expect((await service.ask('POST', '/leads/123', { headers: html, body: {} })).status).toBe(404);
});

test.each(['/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc%2fpasswd', '/.secret', '/assets/..%5c..%5cx', '//etc/passwd'])(
  '%s shows no file it should not',
  async (url) => {
    const answer = await service.ask('GET', url);
    expect([400, 403, 404]).toContain(answer.status);
  },
);

test('ffmpeg’s core is handed out, unless the configuration leaves it out', async () => {
  expect((await service.ask('GET', '/ffmpeg/core.js')).status).toBe(200);
  const without = await startTestService({ webFolder: folder, environment: { TRUNKLINE_BROWSER_FFMPEG: 'off' } });
  expect((await without.ask('GET', '/ffmpeg/core.js')).status).toBe(404);
  expect((await without.ask('GET', '/', { headers: html })).status).toBe(200);
  await without.close();
});
