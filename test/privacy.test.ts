/**
 * STYLE section 11: the log holds no personal data, not even at its most talkative. The running service lives through
 * calls, digits, wrong passwords, searches and mistakes, and then its lines are searched for everything personal in them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SipPhone } from '../demo/phone/sip-phone';
import { answers, pause, talk } from './service/call-tools';
import { RawSip } from './service/raw-sip';
import { endedCall, openOffice, type RunningOffice, until } from './service/running-office';

const [clientName, companyName, callerName] = ['Drahomíra Kratochvílová', 'Papírnictví Šmíd', 'Zdislava Berková'];
const [known, unknown, dialled] = ['602918273', '777364758', '731546372'];
const digits = '8642097531';

describe('the log with everything switched on', () => {
  let office: RunningOffice;
  let provider: SipPhone;
  let anna: SipPhone;
  let log = '';

  beforeAll(async () => {
    const onLog = (lines: string): void => {
      log += lines;
    };
    office = await openOffice({ TRUNKLINE_LOG: 'debug' }, { onLog });
    [provider, anna] = [await office.provider(), await office.phone(office.anna.desk)];
    await fillCards();
    await aCallFromAClient();
    await aCallToTheOutside();
    await callsThatFail();
    await strangersAndMistakes();
    await office.service.stop();
  }, 60_000);
  afterAll(() => office?.close());

  async function fillCards(): Promise<void> {
    const { api } = office.service;
    const company = await api.post<{ id: string }>('/api/companies', {
      name: companyName,
      phones: ['+420 222 918 273'],
    });
    await api.post('/api/contacts', { name: clientName, phones: [known], companyId: company.id, notes: 'owes 5,000' });
    await api.get(`/api/contacts?phone=${known}`);
    await api.get(`/api/search?q=${encodeURIComponent(clientName)}`);
  }

  async function aCallFromAClient(): Promise<void> {
    const { caller, callee } = await talk(
      { phone: provider, number: office.main, as: known, toneHz: 440 },
      { phone: anna, toneHz: 1000 },
    );
    caller.audio.stop();
    for (const digit of digits) {
      caller.audio.press(digit);
      await pause(220);
    }
    await until(
      async () => callee.audio.digits,
      (pressed) => pressed.length === digits.length,
    );
    await callee.reoffer('sendonly');
    await callee.reoffer('sendrecv');
    await callee.hangUp();
    await endedCall(office, known);
  }

  async function aCallToTheOutside(): Promise<void> {
    const answered = answers(provider);
    const call = await anna.call(dialled);
    await answered;
    await call.answered;
    await call.hangUp();
    await call.ended;
  }

  async function callsThatFail(): Promise<void> {
    anna.onCall = (call) => call.refuse(486);
    const busy = await provider.call(office.main, { from: unknown, displayName: callerName });
    await busy.ended;
    const nowhere = await provider.call('+420999364758', { from: unknown, displayName: callerName });
    await nowhere.ended;
    const nobody = await provider.call(office.sales, { from: unknown, displayName: callerName });
    await nobody.ended;
    await endedCall(office, unknown);
  }

  async function strangersAndMistakes(): Promise<void> {
    const stranger = await RawSip.open('127.0.0.7', office.service.ports.sip);
    await stranger.ask('INVITE', { to: unknown, from: unknown });
    stranger.send(`INVITE sip:${unknown}@127.0.0.1 SIP/2.0\r\nFrom: "${callerName}" <sip:${unknown}@x\r\n\r\n`);
    stranger.close();
    const { api } = office.service;
    await expect(api.post('/api/contacts', { name: clientName, phones: known })).rejects.toThrow(' 422');
    await expect(api.get(`/api/contacts/${unknown}`)).rejects.toThrow(' 404');
    await expect(api.post('/api/calls', { fromUserId: office.anna.id, to: `x${unknown}` })).rejects.toThrow(' 422');
    await expect(api.post('/api/login', { login: 'anna', password: 'wrong horse battery' })).rejects.toThrow(' 401');
  }

  it('tells what happened: each event and each effect has its line', () => {
    for (const word of ['invite-received', 'leg-answered', 'digit-received', 'save-call', 'look-up'])
      expect(log).toContain(`"${word}"`);
  });

  const secrets = (): readonly (readonly [string, string])[] => [
    ['a number of a client', known],
    ['a number of an unknown caller', unknown],
    ['a number that was dialled', dialled],
    ['a number of our own', office.main.slice(1)],
    ['another number of our own', office.sales.slice(1)],
    ['the name of a client', clientName.slice(0, 6)],
    ['the name of a company', companyName.slice(0, 6)],
    ['the name of a caller', callerName.slice(0, 6)],
    ['the name of a colleague', 'Anna'],
    ['what a person noted', 'owes'],
    ['the user name of a phone', office.anna.desk.username],
    ['the password of a phone', office.anna.desk.password],
    ['a password of a person', 'long password'],
    ['a wrong password', 'wrong horse'],
    ['an address of a peer', `127.0.0.1:${office.providerPort}`],
    ['an address of a stranger', '127.0.0.7'],
  ];

  it('holds nothing personal of anyone', () => {
    const lines = log.toLowerCase().split('\n');
    const found = secrets().filter(([, text]) => lines.some((line) => line.includes(text.toLowerCase())));
    expect(found).toEqual([]);
  });

  it.each([
    ['a SIP start line', /SIP\/2\.0/],
    ['a SIP header', /\b(Via|Call-ID|CSeq|Contact): /],
    ['a SIP address', /\bsips?:[^\s"]*@/],
    ['a session description', /\b[vocma]=(0|audio|IN IP4)/],
    ['a telephone number', /\+\d{8,}/],
    ['a field for a digit', /"digit":/],
    ['a query string', /\?(phone|q)=/],
  ])('%s is nowhere in it', (_, pattern) => {
    expect(
      log
        .split('\n')
        .filter((line) => pattern.test(line))
        .slice(0, 3),
    ).toEqual([]);
  });
});

/** The log writes an error without its message, which may quote a number; but only under the name `error` (server/log.ts). */
test('no line is given an error in a way that its message would be written', () => {
  const folders = ['server', 'sip-gateway', 'media', 'recordings', 'crm-link', 'prisma'];
  const sources = folders.flatMap((folder) => {
    const root = path.join(__dirname, '..', folder);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    return files.filter((name) => name.endsWith('.ts')).map((name) => path.join(root, name));
  });
  expect(sources.length).toBeGreaterThan(100);
  const logged = /log\.(error|warn|info|debug)\((\{[^}]*\})/g;
  const tellTale = /\berr\b|String\(|\.message\b|\.stack\b/;
  const offenders = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(logged)]
      .filter(([, , fields = '']) => tellTale.test(fields))
      .map(([line]) => line),
  );
  expect(offenders).toEqual([]);
});
