/** Notices as e-mail: sent once to whom they belong, tried again while the server is away, and no address in a log. */
import { sendNotices } from '../../server/mailer';
import { type Person, startTestService, type TestService } from './api/service';
import { mailBody, smtpServer } from './smtp-server';

let service: TestService;
let anna: Person;
const smtp = smtpServer();
const url = '/api/settings/mail';
const ask = (method: string, body?: object) => service.ask(method, url, { as: 'token', ...(body && { body }) });
beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.server.listen(0, '127.0.0.1', resolve));
  service = await startTestService();
  anna = await service.person('anna', 'operator', { email: 'anna@office.example' });
});
afterAll(async () => {
  smtp.server.close();
  await service.close();
});
const send = () =>
  sendNotices({ reading: service.database.reading.ask, clock: service.deps.clock, log: service.deps.log });
const leave = async (callId: string) => {
  const list = (await service.ask('GET', '/api/mailboxes', { as: 'token' })).json['items'] as { id: string }[];
  const mailboxId = list[0]?.id ?? '';
  const at = service.deps.clock.now();
  await service.database.calls.ask('save-message', { mailboxId, callId, at, fromMs: 0, toMs: 1000 });
};

test('its password goes in, is sealed, and never comes out; nor does it follow to another server', async () => {
  expect((await ask('GET')).status).toBe(404);
  const settings = { host: 'mail.example', port: 587, security: 'starttls', username: 'u', from: 'pbx@office.example' };
  const saved = await ask('PUT', { ...settings, password: 'smtp-secret' });
  expect(saved.json).toEqual({ ...settings, hasPassword: true });
  const row = await service.database.reading.ask('get-setting', { key: 'mail' });
  expect(row).not.toContain('smtp-secret');
  expect(await service.database.reading.ask('load-mail-account', undefined)).toMatchObject({ password: 'smtp-secret' });
  expect((await ask('PUT', { ...settings, port: 25 })).json).toMatchObject({ port: 25, hasPassword: true });
  expect(await ask('PUT', { ...settings, host: 'evil.example' })).toMatchObject({
    status: 422,
    json: { errors: [{ field: 'password' }] },
  });
  expect((await ask('PUT', { ...settings, from: 'Me <a@b.c>\r\nBcc: x@y.z' })).status).toBe(422);
  expect((await ask('DELETE')).status).toBe(204);
  expect((await ask('GET')).status).toBe(404);
});

test('a message goes to the person and to the address of the mailbox, once, without naming the client', async () => {
  const mailbox = { name: 'Anna', userId: anna.id, email: 'voicemail@office.example' };
  expect((await service.ask('POST', '/api/mailboxes', { as: 'token', body: mailbox })).status).toBe(201);
  await leave('ca1');
  await send(); // no e-mail is set up: nothing is sent, nothing is lost
  const settings = { host: '127.0.0.1', port: 1, security: 'none', from: 'pbx@office.example' };
  await ask('PUT', settings);
  await expect(send()).rejects.toThrow();
  await ask('PUT', { ...settings, port: smtp.port() });
  await send();
  await send();
  expect(smtp.mails).toHaveLength(2);
  expect(smtp.mails.map((mail) => /^To: (.*)$/m.exec(mail)?.[1] ?? '').sort((a, b) => a.localeCompare(b))).toEqual([
    'anna@office.example',
    'voicemail@office.example',
  ]);
  for (const mail of smtp.mails) expect(mail).toMatch(/^Subject: New voicemail: Anna$/m);
});

test('speaks the language of the person, also to the address of their mailbox, else the office’s', async () => {
  smtp.mails.length = 0;
  await service.ask('PUT', '/api/settings/language', { as: 'token', body: { language: 'ko' } });
  await leave('ca-office');
  await send();
  expect((await service.ask('PUT', '/api/me/preferences', { as: anna, body: { language: 'ro' } })).status).toBe(200);
  await leave('ca-own');
  await send();
  await service.ask('PUT', '/api/settings/language', { as: 'token', body: { language: 'en' } });
  const texts = smtp.mails.map((mail) => mailBody(mail));
  expect(texts).toEqual([
    expect.stringContaining('사서함 Anna에 새 메시지가 있습니다'),
    expect.stringContaining('사서함 Anna에 새 메시지가 있습니다'),
    expect.stringContaining('Există un mesaj nou în căsuța Anna'),
    expect.stringContaining('Există un mesaj nou în căsuța Anna'),
  ]);
});

test('nobody’s address: the notice is done with; a server that wants no plain text is not told anything', async () => {
  await service.ask('PATCH', `/api/users/${anna.id}`, { as: 'token', body: { email: null } });
  smtp.mails.length = 0;
  await leave('ca2');
  await ask('PUT', { host: '127.0.0.1', port: smtp.port(), security: 'starttls', from: 'pbx@office.example' });
  await expect(send()).rejects.toThrow(); // it offers no STARTTLS
  expect(smtp.mails).toEqual([]);
});
