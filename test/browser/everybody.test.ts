/**
 * Two operators at pages, a provider (SIPp) and a desk phone of another maker (baresip) call one another, each way round. Each
 * says a tone of its own; both sides hear the other's and nothing else, and the call record says who spoke with whom.
 */
import { levelAt } from '../audio/goertzel';
import { sine } from '../audio/tone';
import { Baresip } from '../phones/baresip';
import type { CallRow } from '../../prisma/records';
import { SippTrunk } from '../sip/sipp-trunk';
import { describeWithTool } from '../require-tool';
import { lately } from '../service/call-tools';
import { clock, endAllCalls, openOffice, type RunningOffice, until } from '../service/running-office';
import { Operator } from './operator';

const [annaHz, borisHz, deskHz, trunkHz] = [500, 700, 1000, 1300];
const password = 'a long password';
const cyrilsNumber = '+420210000003';

describeWithTool(
  ['chromium', 'mediasoup-worker', 'sipp', 'baresip'],
  'two operators at pages, a provider and a desk phone',
  () => {
    let office: RunningOffice;
    let anna: Operator;
    let boris: Operator;
    let desk: Baresip;
    let trunk: SippTrunk;

    beforeAll(async () => {
      office = await openOffice();
      const { api, url, ports } = office.service;
      const cyril = await api.post<{ id: string }>('/api/users', {
        ...{ name: 'Cyril', login: 'cyril', password, role: 'operator', extension: '103' },
      });
      const [{ id: trunkId } = { id: '' }] = (await api.get<{ items: { id: string }[] }>('/api/trunks')).items;
      const route = { to: 'user', userId: cyril.id };
      await api.post('/api/numbers', { number: cyrilsNumber, kind: 'rented', trunkId, route });
      const login = await api.post<{ username: string; password: string }>(`/api/users/${cyril.id}/devices`, {
        name: 'desk',
      });
      const place = { host: '127.0.0.1', port: ports.sip };
      const speech = sine({ frequencyHz: deskHz, samples: 60 * 8000 });
      [anna, boris, desk] = await Promise.all([
        Operator.open({ url, login: 'anna', password, toneHz: annaHz }),
        Operator.open({ url, login: 'boris', password, toneHz: borisHz }),
        Baresip.start({ clock, service: place, ...login, codec: 'PCMA', speech }),
      ]);
      trunk = new SippTrunk({ service: place, port: office.providerPort, toneHz: trunkHz });
    }, 120_000);
    afterAll(async () => {
      await Promise.all([anna?.close(), boris?.close(), desk?.close(), trunk?.close()]);
      await office?.close();
      for (const operator of [anna, boris]) expect(operator?.mistakes).toEqual([]);
    });

    // A test that failed in the middle of a call leaves nothing to the next one.
    afterEach(async () => {
      await endAllCalls(office.service);
      await trunk.close();
      desk.forget();
    });

    /** The record of the newest call: who called, who was called, and the codec on each side. */
    async function recordIs(caller: string, callee: string, codec: string): Promise<void> {
      const row = await until(
        async () => (await office.service.api.get<{ items: CallRow[] }>('/api/calls')).items[0],
        (call) => call?.endedAt !== undefined,
      );
      expect([row?.caller.typed, row?.callee.typed]).toEqual([caller, callee]);
      expect(row?.legs.map(({ quality }) => quality?.codec)).toEqual([codec, codec]);
    }

    /** Waits until the desk phone has heard it in the last half second, and its own tone not at all. */
    async function deskHears(hz: number): Promise<void> {
      const levels = async () => [hz, deskHz].map((tone) => levelAt(tone, lately(desk.heard())));
      await until(levels, ([wanted = -120, own = 0]) => wanted > -30 && own < -45);
    }

    it.each([
      ['Anna', 'Boris', '102'],
      ['Boris', 'Anna', '101'],
    ] as const)('%s calls %s, page to page', async (from, _to, number) => {
      const [caller, callee] = from === 'Anna' ? [anna, boris] : [boris, anna];
      await caller.call(number);
      await callee.answer();
      await caller.hears(callee.toneHz);
      await callee.hears(caller.toneHz);
      await callee.hangUp();
      await recordIs(number === '102' ? '101' : '102', number, 'opus');
    });

    it('a page calls the desk phone', async () => {
      await anna.call('103');
      await desk.happens('CALL_INCOMING');
      desk.answer();
      await anna.hears(deskHz);
      await deskHears(annaHz);
      await anna.hangUp();
      await desk.happens('CALL_CLOSED');
      await recordIs('101', '103', 'PCMA');
    });

    it('the desk phone calls a page', async () => {
      desk.call('102');
      await boris.answer();
      await boris.hears(deskHz);
      await deskHears(borisHz);
      desk.hangUp();
      await recordIs('103', '102', 'PCMA');
    });

    it('the provider calls a page', async () => {
      const call = await trunk.call(office.main, '777400001');
      await anna.answer();
      await call.answered();
      await anna.hears(trunkHz);
      await call.hears(annaHz);
      await anna.hangUp();
      await call.ended();
      await recordIs('777400001', office.main, 'PCMA');
    });

    it('a page calls outside', async () => {
      const call = await trunk.isCalled();
      await boris.call('777400002');
      await call.answered();
      await boris.hears(trunkHz);
      await call.hears(borisHz);
      await boris.hangUp();
      await call.ended();
      await recordIs('102', '777400002', 'PCMA');
    });

    it('the provider calls the desk phone, and the desk phone calls outside', async () => {
      const inbound = await trunk.call(cyrilsNumber, '777400003');
      await desk.happens('CALL_INCOMING');
      desk.answer();
      await inbound.answered();
      await inbound.hears(deskHz);
      await deskHears(trunkHz);
      desk.hangUp();
      await inbound.ended();
      const outbound = await trunk.isCalled();
      desk.call('777400004');
      await outbound.answered();
      await outbound.hears(deskHz);
      await deskHears(trunkHz);
      desk.hangUp();
      await outbound.ended();
    });
  },
);
