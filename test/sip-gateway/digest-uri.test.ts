// Credentials are good for the request they were made for (RFC 7616 section 3.4.6): what was signed must be what is asked.

import { acknowledge, device, invite, Office, passwordOf, proven, realm, register } from './office';
import { authorization, challengeIn, type RawPhone, type Request, sdp } from './raw-phone';

let office: Office;
let phone: RawPhone;

beforeEach(async () => {
  office = await Office.open({ devices: [device('anna')], trunks: [] });
  phone = await office.phone();
});
afterEach(() => office.close());

/** Sends it with credentials made for another Request-URI. */
async function signedFor(uri: string, request: Request): Promise<Request> {
  const asked = await phone.ask(request);
  if (request.method === 'INVITE') acknowledge(phone, request, asked);
  const of = { challenge: challengeIn(asked), username: 'anna', password: passwordOf('anna'), method: request.method };
  return { ...request, cseq: 2, lines: [...(request.lines ?? []), authorization({ ...of, uri })] };
}

const call = (uri: string): Request =>
  invite(`<sip:anna@${realm}>`, uri, {
    lines: ['Content-Type: application/sdp', phone.contact('anna')],
    body: sdp(),
  });

test.each([
  ['another number', `sip:+4209001@${realm}`],
  ['no number', `sip:${realm}`],
  ['another host', 'sip:+420700111222@elsewhere.example'],
  ['another port', `sip:+420700111222@${realm}:5999`],
  ['another scheme', `sips:+420700111222@${realm}`],
  ['nothing that is a URI', '*'],
])('an INVITE signed for %s is refused with 400, and reaches nobody', async (_, signed) => {
  await proven(phone, register('anna', [phone.contact('anna')]), 'anna');
  const request = await signedFor(signed, call(`sip:+420700111222@${realm}:5060`));
  const answer = await phone.ask(request);
  expect(answer.status).toBe(400);
  acknowledge(phone, request, answer);
  expect(office.events.some(({ type }) => type === 'invite-received')).toBe(false);
});

test.each([
  ['as it is', 'sip:%2B420700111222@127.0.0.1;transport=udp;user=phone'],
  ['without parameters', 'sip:%2B420700111222@127.0.0.1'],
  ['with the name of ours it knows', `sip:%2B420700111222@${realm}`],
])('an INVITE signed %s is taken', async (_, signed) => {
  const request = await signedFor(signed, call('sip:%2B420700111222@127.0.0.1;transport=udp;user=phone'));
  phone.send(phone.textOf(request));
  expect(await office.event('invite-received')).toMatchObject({ dialled: '+420700111222' });
});

test('a REGISTER may be signed for our address where it names our domain', async () => {
  const request = await signedFor('sip:127.0.0.1', register('anna', [phone.contact('anna')]));
  expect((await phone.ask(request)).status).toBe(200);
});
