/** Uploaded sounds by REST: taken once, heard back by Range, refused with a plain word, kept while something uses them. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { defaultLimits } from '../../../server/limits';
import { readWav } from '../../audio/wav';
import { wavOf } from '../../media/sound/wav-fixture';
import { apiToken, type Person, startTestService, type TestService } from './service';

let service: TestService;
let admin: Person;
beforeAll(async () => {
  service = await startTestService({
    limits: { ...defaultLimits, sounds: { bodySizeBytesMax: 400_000, secondsMax: 3, waitingMax: 1 } },
  });
  admin = await service.person('chief', 'administrator');
});
afterAll(() => service.close());

const tone = (seconds: number, rateHz = 44_100): Buffer =>
  wavOf(
    Array.from({ length: seconds * rateHz }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 500 * i) / rateHz)),
    { coding: 'pcm16', rateHz, channels: 2 },
  );

interface Sent {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

const withToken = { authorization: `Bearer ${apiToken}` };

async function upload(query: string, body: Buffer, headers: Record<string, string> = withToken): Promise<Sent> {
  const response = await service.app.inject({
    method: 'POST',
    url: `/api/sounds?${query}`,
    headers: { host: 'localhost:80', 'content-type': 'audio/wav', ...headers },
    payload: body,
  });
  return { status: response.statusCode, json: response.json() };
}

const folder = (): string => path.join(service.deps.config.dataFolder, 'sounds');

test('a WAV becomes a sound: listed, on the disk for us alone, and heard back as A-law', async () => {
  const made = await upload('name=Good%20morning&kind=greeting', tone(1));
  expect(made).toMatchObject({ status: 201, json: { name: 'Good morning', kind: 'greeting', durationMs: 1000 } });
  const id = String(made.json['id']);
  const { json: list } = await service.ask('GET', '/api/sounds', { as: 'token' });
  expect(list['items']).toEqual([made.json]);
  const file = path.join(folder(), `${id}.al`);
  expect(statSync(file)).toMatchObject({ size: 8000 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder())).toEqual([`${id}.al`]);

  const whole = await service.ask('GET', `/api/sounds/${id}/audio`, { as: 'token' });
  expect(whole).toMatchObject({ status: 200, headers: { 'content-type': 'audio/wav', 'accept-ranges': 'bytes' } });
  const wav = readWav(whole.bytes);
  expect(wav).toMatchObject({ law: 'PCMA', rateHz: 8000, seconds: 1 });
  expect(wav.channels[0]?.reduce((most, x) => Math.max(most, x), 0)).toBeGreaterThan(15_000);
  const part = await service.ask('GET', `/api/sounds/${id}/audio`, {
    as: 'token',
    headers: { range: 'bytes=100-199' },
  });
  expect(part).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 100-199/8058' } });
  expect(part.bytes).toEqual(whole.bytes.subarray(100, 200));
  const behind = await service.ask('GET', `/api/sounds/${id}/audio`, {
    as: 'token',
    headers: { range: 'bytes=9000-' },
  });
  expect(behind.status).toBe(416);

  const changed = await service.ask('PATCH', `/api/sounds/${id}`, { as: 'token', body: { name: 'Hello' } });
  expect(changed).toMatchObject({ status: 200, json: { name: 'Hello', durationMs: 1000 } });
  expect((await service.ask('PATCH', `/api/sounds/${id}`, { as: 'token', body: { durationMs: 5 } })).status).toBe(422);
  expect((await service.ask('DELETE', `/api/sounds/${id}`, { as: 'token' })).status).toBe(204);
  expect(readdirSync(folder())).toEqual([]);
  expect((await service.ask('GET', `/api/sounds/${id}/audio`, { as: 'token' })).status).toBe(404);
});

test('an upload takes the place of one of our prompts in one language, once', async () => {
  const made = await upload('name=Closed&kind=prompt&prompt=closed&language=cs', tone(1, 8000));
  expect(made).toMatchObject({ status: 201, json: { replaces: { prompt: 'closed', language: 'cs' } } });
  expect([...service.board.view.directory.sounds.values()]).toMatchObject([
    { kind: 'prompt', replaces: { prompt: 'closed' }, durationMs: 1000 },
  ]);
  expect(await upload('name=Again&kind=prompt&prompt=closed&language=cs', tone(1, 8000))).toMatchObject({
    status: 409,
  });
  expect(readdirSync(folder())).toHaveLength(1);
  expect(await upload('name=Odd&kind=prompt&prompt=no-such&language=cs', tone(1, 8000))).toMatchObject({
    status: 422,
    json: { errors: [{ field: 'prompt', message: 'is none of our prompts' }] },
  });
  expect(await upload('name=Odd&kind=prompt', tone(1, 8000))).toMatchObject({ status: 422 });
  const url = `/api/sounds/${String(made.json['id'])}`;
  const body = { replaces: { prompt: 'no-such', language: 'cs' } };
  expect((await service.ask('PATCH', url, { as: 'token', body })).status).toBe(422);
  expect((await service.ask('DELETE', url, { as: 'token' })).status).toBe(204);
});

test('a sound that a queue plays stays', async () => {
  const music = await upload('name=Music&kind=music', tone(1, 8000));
  const id = String(music.json['id']);
  const body = { name: 'Sales', members: [], musicId: id };
  const queue = await service.ask('POST', '/api/queues', { as: 'token', body });
  expect(queue.status).toBe(201);
  expect(await service.ask('DELETE', `/api/sounds/${id}`, { as: 'token' })).toMatchObject({
    status: 409,
    json: { kind: 'in-use', detail: expect.stringContaining('Sales') },
  });
  expect(readdirSync(folder())).toEqual([`${id}.al`]);
  await service.ask('DELETE', `/api/queues/${String(queue.json['id'])}`, { as: 'token' });
  expect((await service.ask('DELETE', `/api/sounds/${id}`, { as: 'token' })).status).toBe(204);
});

test.each([
  ['an MP3', Buffer.from('ID3\x04\0\0\0\0\0\0\0\0'), 'is MP3, not WAV: convert it first'],
  ['text', Buffer.from('no sound at all, but text'), 'is no WAV file'],
  ['a cut header', tone(1, 8000).subarray(0, 30), 'is a damaged WAV file'],
  ['silence of no length', tone(1, 8000).subarray(0, 44), 'has no sound, or less than a tenth of a second'],
  ['four seconds', tone(4, 8000), 'lasts 4 s, which is too long'],
])('%s is refused in plain words and leaves nothing', async (_, body, message) => {
  expect(await upload('name=Odd&kind=greeting', body)).toMatchObject({
    status: 422,
    json: { kind: 'invalid', errors: [{ field: 'body', message }] },
  });
  expect(readdirSync(folder())).toEqual([]);
});

test('too large a body is 413, no sound 415, no name 422, no body 422', async () => {
  expect(await upload('name=Odd&kind=greeting', Buffer.alloc(400_001))).toMatchObject({ status: 413 });
  expect(
    await upload('name=Odd&kind=greeting', Buffer.from('{}'), { ...withToken, 'content-type': 'application/json' }),
  ).toMatchObject({
    status: 415,
  });
  expect(
    await upload('name=Odd&kind=greeting', tone(1, 8000), { ...withToken, 'content-type': 'video/mp4' }),
  ).toMatchObject({
    status: 415,
  });
  expect(await upload('kind=greeting', tone(1, 8000))).toMatchObject({ status: 422 });
  expect((await upload('name=Odd&kind=greeting', Buffer.alloc(0))).status).toBe(422);
});

test('while one is converted so many wait, a further one is told to come again', async () => {
  const answers = await Promise.all([1, 2, 3, 4].map((i) => upload(`name=Many${i}&kind=greeting`, tone(1))));
  const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
  expect(statuses.filter((status) => status === 201).length).toBeGreaterThanOrEqual(2);
  expect(statuses.filter((status) => status === 503).length).toBeGreaterThanOrEqual(1);
  for (const { json, status } of answers) {
    if (status === 201) await service.ask('DELETE', `/api/sounds/${String(json['id'])}`, { as: 'token' });
  }
});

test('only administrators, and by cookie only from our own page', async () => {
  const operator = await service.person('olga', 'operator');
  expect((await service.ask('GET', '/api/sounds', { as: operator })).status).toBe(403);
  const send = (cookie: string, more: Record<string, string>): Promise<Sent> =>
    upload('name=Mine&kind=greeting', tone(1, 8000), { cookie, ...more });
  expect(await send(operator.cookie, { origin: 'http://localhost:80' })).toMatchObject({ status: 403 });
  expect(await send(admin.cookie, { origin: 'http://evil.example' })).toMatchObject({ status: 403 });
  expect(await send(admin.cookie, { origin: 'http://localhost:80', 'content-type': 'text/plain' })).toMatchObject({
    status: 415,
  });
  expect(await send(admin.cookie, { origin: 'http://localhost:80' })).toMatchObject({ status: 201 });
});

test('our own prompts are listed with their texts and can be heard', async () => {
  const { json } = await service.ask('GET', '/api/prompts', { as: 'token' });
  expect(json['items']).toContainEqual({ name: 'd7', texts: expect.objectContaining({ en: 'seven', cs: 'sedm' }) });
  const audio = await service.ask('GET', '/api/prompts/ro.closed/audio', { as: 'token' });
  expect(audio.status).toBe(200);
  expect(readWav(audio.bytes).seconds).toBeGreaterThan(1);
  expect((await service.ask('GET', '/api/prompts/music.own/audio', { as: 'token' })).status).toBe(200);
  for (const wrong of ['xx.closed', 'en.no-such', 'closed', 'texts.en', 'en..%2Fmade'])
    expect((await service.ask('GET', `/api/prompts/${wrong}/audio`, { as: 'token' })).status).toBe(404);
});
