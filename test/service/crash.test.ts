/**
 * kill -9 in the middle of a recorded call. What was spoken is on the disk and plays as it lies there; the next start
 * links it to the card of its call, ends the call's record, and knows the phones that had registered.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Service } from '../../demo/service';
import type { SipPhone } from '../../demo/phone/sip-phone';
import type { CallRow } from '../../prisma/records';
import { readWav } from '../audio/wav';
import { answers, channelsOf, expectTone, lately, middleOf, pause, talk, tone } from './call-tools';
import { clock, endedCall, openOffice, type RunningOffice, until } from './running-office';

const [customerHz, deskHz, otherHz] = [440, 1000, 700];

describe('the service is killed in the middle of two recorded calls', () => {
  let office: RunningOffice;
  let provider: SipPhone;
  let anna: SipPhone;
  let boris: SipPhone;
  let contact: string;
  let lives: readonly CallRow[];
  /** As the files lay there, before the next start. */
  let asTheyLay: readonly Buffer[];

  const live = (): string => path.join(office.dataFolder, 'recordings', 'live');
  const wavs = (): readonly string[] => readdirSync(live()).filter((name) => name.endsWith('.wav'));
  const sizes = (): readonly number[] => wavs().map((name) => statSync(path.join(live(), name)).size);
  const callOf = async (phone: string): Promise<CallRow> => {
    const { items } = await office.service.api.get<{ items: readonly CallRow[] }>(`/api/calls?phone=${phone}`);
    if (items[0] === undefined || items.length > 1) throw new Error(`${items.length} calls of ${phone}`);
    return items[0];
  };

  beforeAll(async () => {
    office = await openOffice();
    const made = { name: 'Karel', phones: ['777400001'] };
    contact = (await office.service.api.post<{ id: string }>('/api/contacts', made)).id;
    [provider, anna, boris] = [
      await office.provider(),
      await office.phone(office.anna.desk),
      await office.phone(office.boris.desk),
    ];
    await talk(
      { phone: provider, number: office.main, as: '777400001', toneHz: customerHz },
      { phone: anna, toneHz: deskHz },
    );
    await talk(
      { phone: provider, number: office.sales, as: '777400002', toneHz: otherHz },
      { phone: boris, toneHz: deskHz },
    );
  }, 60_000);
  afterAll(() => office?.close());

  it('what is spoken is on the disk within two seconds', async () => {
    await until(
      async () => wavs().length,
      (count) => count === 2,
    );
    await pause(2500);
    const before = sizes();
    await pause(1000);
    const after = sizes();
    for (const [index, size] of after.entries()) {
      expect(size - (before[index] ?? 0)).toBeGreaterThanOrEqual(8000); // half a second of stereo at the least
      expect(size).toBeGreaterThanOrEqual((3.5 - 2) * 16_000);
    }
  });

  it('a third caller is leaving a message', async () => {
    const { api } = office.service;
    const { items } = await api.get<{ items: readonly { trunkId?: string }[] }>('/api/numbers');
    const { id: mailboxId } = await api.post<{ id: string }>('/api/mailboxes', {
      name: 'Boris',
      userId: office.boris.id,
    });
    const number = { number: '+420210000009', kind: 'rented', trunkId: items[0]?.trunkId };
    await api.post('/api/numbers', { ...number, route: { to: 'voicemail', mailboxId } });
    const caller = await provider.call(number.number, { from: '777400004' });
    await caller.answered;
    caller.audio.say(tone(otherHz));
    await until(
      async () => wavs().length,
      (count) => count === 3, // the greeting and the beep are over
    );
    await pause(4500); // as long is the message; its last two seconds may be lost
  }, 30_000);

  it('the files play as they lie there, whole to the last two seconds', async () => {
    lives = [await callOf('777400001'), await callOf('777400002')];
    const talkedMs = clock.now() - Date.parse(lives[0]?.answeredAt ?? '');
    await office.service.kill();
    const talks = wavs().filter((name) => lives.some(({ id }) => name.includes(id)));
    asTheyLay = talks.map((name) => readFileSync(path.join(live(), name)));
    expect(asTheyLay).toHaveLength(2);
    for (const bytes of asTheyLay) {
      const { channels, seconds } = readWav(bytes);
      expect(seconds).toBeGreaterThan(talkedMs / 1000 - 2);
      expectTone(lately(channels[1] ?? new Int16Array(0)), deskHz, customerHz);
    }
  });

  it('the next start links each recording to its own card and ends the calls as interrupted', async () => {
    const { ports } = office.service;
    office.service = await Service.start({
      clock,
      dataFolder: office.dataFolder,
      ports,
      environment: { TRUNKLINE_LOG: 'silent' },
    });
    const [first, second] = [await callOf('777400001'), await callOf('777400002')];
    expect([first.id, second.id]).toEqual(lives.map(({ id }) => id));
    for (const call of [first, second]) expect(call).toMatchObject({ cause: 'interrupted', fault: 'us' });
    expect(first.card).toMatchObject({ kind: 'contact', id: contact });
    expect(second.card).toMatchObject({ kind: 'lead' });
    const timeline = await office.service.api.get<{ items: readonly { call: CallRow }[] }>(
      `/api/contacts/${contact}/timeline`,
    );
    expect(timeline.items.map(({ call }) => [call.id, call.recording?.id])).toEqual([[first.id, first.recording?.id]]);
    for (const [call, hz, notHz] of [
      [first, customerHz, otherHz],
      [second, otherHz, customerHz],
    ] as const) {
      expect(call.recording).toBeDefined();
      const audio = `/api/recordings/${call.recording?.id}/audio`;
      const { status, bytes } = await office.service.api.bytes(audio);
      expect(status).toBe(200);
      const { channels } = readWav(bytes);
      expectTone(middleOf(channels[0] ?? new Int16Array(0)), hz, notHz);
      expectTone(lately(channels[1] ?? new Int16Array(0)), deskHz, hz);
      const part = await office.service.api.bytes(audio, { range: 'bytes=16000-31999' });
      expect(part.status).toBe(206);
      expect(part.bytes.equals(bytes.subarray(16_000, 32_000))).toBe(true);
    }
  });

  it('the message that was being left is in the mailbox, as far as it went; its call is one that nobody answered', async () => {
    const { api } = office.service;
    const mailboxes = await api.get<{ items: readonly { id: string }[] }>('/api/mailboxes');
    const messages = `/api/mailboxes/${mailboxes.items[0]?.id}/messages`;
    const { items } = await api.get<{ items: readonly { callId: string; fromMs: number; toMs: number }[] }>(messages);
    const call = await callOf('777400004');
    expect(items.map((message) => message.callId)).toEqual([call.id]);
    expect((items[0]?.toMs ?? 0) - (items[0]?.fromMs ?? 0)).toBeGreaterThan(2000);
    expect(call).toMatchObject({ cause: 'interrupted', talkMs: 0 });
    expect(call.answeredAt).toBeUndefined();
    const { left } = await channelsOf(office, call);
    expectTone(lately(left), otherHz, deskHz);
  });

  it('phones that had registered are called without registering again', async () => {
    const answered = answers(anna);
    const caller = await provider.call(office.main, { from: '777400003' });
    await Promise.all([answered, caller.answered]);
    await caller.hangUp();
    expect(await endedCall(office, '777400003')).toMatchObject({ cause: 'caller-hung-up' });
  });
});
