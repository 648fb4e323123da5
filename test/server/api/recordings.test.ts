/** Listening: whole, in parts, again after a break; only for who may, and by no trick with the path. */
import { userIdOf } from '../../../call-router/values/ids';
import { addRecordedCall, type Person, startTestService, type TestService } from './service';

let service: TestService;
let anna: Person;
let boris: Person;
let id: string;
let url: string;
const size = 2 * 8000 * 2 + 58;
beforeAll(async () => {
  service = await startTestService();
  anna = await service.person('anna', 'operator');
  boris = await service.person('boris', 'operator');
  id = await addRecordedCall(service, { rangUserIds: [userIdOf(anna.id)], answeredByUserId: userIdOf(anna.id) });
  url = `/api/recordings/${id}/audio`;
});
afterAll(() => service.close());

const listen = (headers: Record<string, string> = {}, method = 'GET') =>
  service.ask(method, url, { as: anna, headers });

test('the whole recording is a WAV that nobody caches and nobody sniffs', async () => {
  const whole = await listen();
  expect(whole.status).toBe(200);
  expect(whole.bytes).toHaveLength(size);
  expect(whole.bytes.subarray(0, 4).toString()).toBe('RIFF');
  expect(whole.headers).toMatchObject({
    'content-type': 'audio/wav',
    'content-length': String(size),
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  });
});

test('parts join to the whole', async () => {
  const whole = await listen();
  const first = await listen({ range: 'bytes=0-9999' });
  const rest = await listen({ range: 'bytes=10000-' });
  expect(first).toMatchObject({
    status: 206,
    headers: { 'content-range': `bytes 0-9999/${size}`, 'content-length': '10000' },
  });
  expect(rest.headers['content-range']).toBe(`bytes 10000-${size - 1}/${size}`);
  expect(Buffer.concat([first.bytes, rest.bytes]).equals(whole.bytes)).toBe(true);
  const last = await listen({ range: 'bytes=-100' });
  expect(last.bytes.equals(whole.bytes.subarray(size - 100))).toBe(true);
});

test('a range behind the end is 416 with the length, as a problem', async () => {
  const answer = await listen({ range: `bytes=${size}-` });
  expect(answer).toMatchObject({ status: 416, json: { kind: 'range-not-satisfiable' } });
  expect(answer.headers['content-range']).toBe(`bytes */${size}`);
});

test.each(['bytes=0-1,5-9', 'lines=1-2', 'bytes=9-1', 'bytes=x', `bytes=${'9'.repeat(400)}-`])(
  'the range %p is passed over and the whole is sent',
  async (range) => {
    expect(await listen({ range })).toMatchObject({ status: 200 });
  },
);

test('HEAD answers the same headers without a body', async () => {
  const head = await listen({}, 'HEAD');
  expect(head).toMatchObject({ status: 200, headers: { 'content-length': String(size), 'content-type': 'audio/wav' } });
  expect(head.bytes).toHaveLength(0);
  expect((await listen({ range: 'bytes=0-4' }, 'HEAD')).status).toBe(206);
});

test('If-Range: a part for the same recording, the whole for another state of it', async () => {
  const etag = String((await listen()).headers['etag']);
  expect((await listen({ range: 'bytes=0-4', 'if-range': etag })).status).toBe(206);
  expect((await listen({ range: 'bytes=0-4', 'if-range': '"other"' })).status).toBe(200);
  expect((await listen({ range: 'bytes=0-4', 'if-range': 'Mon, 23 Nov 2026 10:00:00 GMT' })).status).toBe(200);
});

test('another operator gets 404, nobody 401, at every request', async () => {
  for (const path of [url, `/api/recordings/${id}`]) {
    expect((await service.ask('GET', path, { as: boris })).status).toBe(404);
    expect((await service.ask('GET', path, { as: boris, headers: { range: 'bytes=0-4' } })).status).toBe(404);
    expect((await service.ask('GET', path)).status).toBe(401);
  }
  expect((await service.ask('GET', `/api/recordings/${id}`, { as: anna })).json).toMatchObject({
    id,
    durationMs: 2000,
  });
});

test.each([
  '/api/recordings/..%2f..%2ftrunkline.db/audio',
  '/api/recordings/../../trunkline.key/audio',
  '/api/recordings/%2e%2e%2f%2e%2e%2fetc%2fpasswd/audio',
  '/api/recordings/%00/audio',
  `/api/recordings/${'a'.repeat(32)}/audio`,
  `/api/recordings/${'A'.repeat(33)}/audio`,
  `/api/recordings/${'a'.repeat(5000)}/audio`,
  '/api/recordings//audio',
  "/api/recordings/' OR '1'='1/audio",
  '/api/recordings/%ff%fe/audio',
])('%s is no recording', async (path) => {
  const answer = await service.ask('GET', path, { as: 'token' });
  expect([400, 404]).toContain(answer.status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
});

test('a recording whose file is gone answers 404', async () => {
  const gone = await addRecordedCall(service);
  const { rmSync } = await import('node:fs');
  rmSync(`${service.deps.config.dataFolder}/recordings/${gone.slice(0, 2)}/${gone.slice(2, 4)}`, { recursive: true });
  expect((await service.ask('GET', `/api/recordings/${gone}/audio`, { as: 'token' })).status).toBe(404);
});
