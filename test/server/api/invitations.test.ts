/** People set their own password by a link: once, within a week, whoever holds it and nobody else. */
import { mailBody, smtpServer } from '../smtp-server';
import { type Person, startTestService, type TestService } from './service';

let service: TestService;
let made = 0;
let at = 0;

beforeAll(async () => {
  service = await startTestService({ now: () => at });
});
afterAll(() => service.close());
beforeEach(() => {
  at = Date.UTC(2026, 10, 23, 9);
});

const addPerson = async (more: object = {}): Promise<string> => {
  made += 1;
  const body = { name: `Person ${made}`, login: `login-${made}`, role: 'operator', ...more };
  const { status, json } = await service.ask('POST', '/api/users', { as: 'token', body });
  expect(status).toBe(201);
  return String(json['id']);
};
const invite = (id: string, as: Person | 'token' = 'token') =>
  service.ask('POST', `/api/users/${id}/invitation`, { as, body: {} });
const tokenIn = (link: unknown): string => String(link).split('#')[1] ?? '';
const accept = (token: string, password = 'my own password') =>
  service.ask('POST', '/api/invitations/accept', { body: { token, password } });

test('without a password nobody logs in; by the link the person sets one and is in', async () => {
  const id = await addPerson();
  const invited = await invite(id);
  expect(invited.json).toEqual({
    link: expect.stringMatching(/^http:\/\/localhost:80\/welcome#[A-Za-z0-9_-]{43}$/),
    expiresAt: '2026-11-30T09:00:00.000Z',
    mailed: 'no-address',
  });
  const token = tokenIn(invited.json['link']);
  const shown = await service.ask('GET', `/api/users/${id}`, { as: 'token' });
  expect(shown.json['invitedUntil']).toBe('2026-11-30T09:00:00.000Z');
  const guest = await service.ask('POST', '/api/invitations/find', { body: { token } });
  expect(guest.json).toEqual({ name: shown.json['name'], login: shown.json['login'] });
  const done = await accept(token);
  expect([done.status, done.json['id']]).toEqual([200, id]);
  expect(String(done.headers['set-cookie'])).toMatch(/HttpOnly/);
  await service.logIn(String(shown.json['login']), 'my own password');
  expect((await service.ask('GET', `/api/users/${id}`, { as: 'token' })).json).not.toHaveProperty('invitedUntil');
});

test('a link holds once, for a week, until the next one is made or it is withdrawn', async () => {
  const used = tokenIn((await invite(await addPerson())).json['link']);
  expect((await accept(used)).status).toBe(200);
  expect((await accept(used)).status).toBe(404);
  const late = tokenIn((await invite(await addPerson())).json['link']);
  at += 7 * 24 * 3600_000;
  expect((await accept(late)).status).toBe(404);
  const id = await addPerson();
  const [first, second] = [await invite(id), await invite(id)].map(({ json }) => tokenIn(json['link']));
  expect((await accept(first ?? '')).status).toBe(404);
  expect((await service.ask('DELETE', `/api/users/${id}/invitation`, { as: 'token' })).status).toBe(204);
  expect((await accept(second ?? '')).status).toBe(404);
});

test('of two who use it at the same moment one is in', async () => {
  const token = tokenIn((await invite(await addPerson())).json['link']);
  const both = await Promise.all([accept(token, 'password of one'), accept(token, 'password of the other')]);
  expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 404]);
});

test('a password that is too short leaves the link as it is', async () => {
  const token = tokenIn((await invite(await addPerson())).json['link']);
  expect((await accept(token, 'short')).status).toBe(422);
  expect((await accept(token)).status).toBe(200);
});

test('whoever was logged in as them is logged out', async () => {
  const anna = await service.person('anna', 'operator');
  const token = tokenIn((await invite(anna.id)).json['link']);
  expect((await accept(token)).status).toBe(200);
  expect((await service.ask('GET', '/api/me', { as: anna })).status).toBe(401);
});

test('only administrators invite, and nobody who works here no more', async () => {
  const bela = await service.person('bela', 'manager');
  expect((await invite(bela.id, bela)).status).toBe(403);
  const gone = await addPerson({ disabled: true });
  expect((await invite(gone)).status).toBe(409);
});

test('another page cannot use it', async () => {
  const token = tokenIn((await invite(await addPerson())).json['link']);
  const headers = { origin: 'https://elsewhere.example' };
  const body = { token, password: 'my own password' };
  expect((await service.ask('POST', '/api/invitations/accept', { body, headers })).status).toBe(403);
});

test('it is sent by e-mail where SMTP is set up; where that fails the link is shown all the same', async () => {
  const smtp = smtpServer();
  await new Promise<void>((resolve) => smtp.server.listen(0, '127.0.0.1', resolve));
  const settings = { host: '127.0.0.1', port: smtp.port(), security: 'none', from: 'office@office.example' };
  const id = await addPerson({ email: 'new@office.example' });
  expect((await invite(id)).json['mailed']).toBe('not-set-up');
  await service.ask('PUT', '/api/settings/mail', { as: 'token', body: settings });
  const { json } = await invite(id);
  expect(json['mailed']).toBe('sent');
  expect(mailBody(smtp.mails[0] ?? '')).toContain(String(json['link']));
  await new Promise<void>((resolve) => smtp.server.close(() => resolve()));
  expect((await invite(id)).json).toMatchObject({ mailed: 'failed', link: expect.any(String) });
});

test('no token is written to the log', async () => {
  const token = tokenIn((await invite(await addPerson())).json['link']);
  await accept(token);
  expect(service.logLines.join('\n')).not.toContain(token);
});
