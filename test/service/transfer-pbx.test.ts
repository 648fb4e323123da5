/** Codes and REFER of an extension behind the office PBX: its legs are the office's, so it transfers as a phone of ours does. */
import type { PhoneCall } from '../../demo/phone/phone-call';
import { SipPhone } from '../../demo/phone/sip-phone';
import { freePort } from '../../demo/service';
import { answers, expectTone, lately, nextCall, pause, talk, tone } from './call-tools';
import { clock, endedCall, openOffice, type RunningOffice, until } from './running-office';

const [customerHz, deskHz, targetHz] = [440, 1000, 700];
const pbxNumber = '+420210000009';

describe('transfer from behind the office PBX', () => {
  let office: RunningOffice;
  let provider: SipPhone;
  let boris: SipPhone;
  let pbx: SipPhone;

  beforeAll(async () => {
    office = await openOffice();
    provider = await office.provider('PCMA');
    boris = await office.phone(office.boris.desk);
    const port = await freePort();
    const place = { host: '127.0.0.1', port: office.service.ports.sip };
    pbx = await SipPhone.open({ clock, service: place, username: '301', localPort: port });
    office.closers.push(() => pbx.close());
    const { api } = office.service;
    const pbxTrunk = { name: 'pbx', kind: 'pbx', host: '127.0.0.1', port, transport: 'udp' };
    const { id } = await api.post<{ id: string }>('/api/trunks', pbxTrunk);
    const route = { to: 'external', trunkId: id, number: '301' };
    const numbers = await api.get<{ items: readonly { trunkId?: string }[] }>('/api/numbers');
    await api.post('/api/numbers', { number: pbxNumber, kind: 'rented', trunkId: numbers.items[0]?.trunkId, route });
    await api.post('/api/numbers', { number: '3*', kind: 'office', route: { to: 'external', trunkId: id } });
  }, 60_000);
  afterAll(() => office?.close());
  afterEach(async () => {
    const ask = (): Promise<{ items: readonly object[] }> => office.service.api.get('/api/live');
    await until(ask, ({ items }) => items.length === 0);
  });

  const customerAnd301 = (as: string) =>
    talk({ phone: provider, number: pbxNumber, as, toneHz: customerHz }, { phone: pbx, toneHz: deskHz });
  const hearEachOther = async (customer: PhoneCall, target: PhoneCall): Promise<void> => {
    target.audio.say(tone(targetHz));
    await pause(1000);
    expectTone(lately(customer.audio.heard()), targetHz, deskHz);
    expectTone(lately(target.audio.heard()), customerHz, deskHz);
  };

  it('its **102# passes the customer on', async () => {
    const { caller: customer, callee: extension } = await customerAnd301('777700001');
    const target = answers(boris);
    await extension.audio.dial('**102#');
    expect(await extension.ended).toEqual({ by: 'them' });
    const taker = await target;
    expect(taker.shown).toContain('+420777700001');
    await hearEachOther(customer, taker);
    await customer.hangUp();
    await taker.ended;
    expect(customer.audio.digits).toBe('');
    expect(await endedCall(office, '777700001')).toMatchObject({ answeredByUserId: office.boris.id });
  }, 20_000);

  it('its *102# talks first; its REFER is answered and told', async () => {
    const { caller: customer, callee: extension } = await customerAnd301('777700002');
    const target = answers(boris);
    await extension.audio.dial('*102#');
    const taker = await target;
    await pause(300);
    await extension.audio.dial('*0#');
    await taker.ended;
    const again = nextCall(boris);
    expect(await extension.refer('102')).toBe(202);
    const last = await again;
    last.ring();
    await until(
      async () => extension.told,
      ({ length }) => length >= 2,
    );
    last.answer();
    await last.answered;
    await extension.ended;
    expect(extension.told).toEqual([100, 180, 200]);
    await hearEachOther(customer, last);
    await customer.hangUp();
    await last.ended;
  }, 20_000);
});
