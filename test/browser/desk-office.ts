/**
 * The real service in a process of its own, the demo's small office in it, a provider and a registered desk phone: what the
 * pages are tested against.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Office, setUpOffice } from '../../demo/office';
import type { PhoneCall } from '../../demo/phone/phone-call';
import { SipPhone } from '../../demo/phone/sip-phone';
import { Service } from '../../demo/service';
import { sentence } from '../../demo/spoken';
import type { CallRow, Page } from '../../prisma/records';
import { systemClock } from '../../server/clock';

export const clock = systemClock();
export const administrator = { login: 'admin', password: 'correct-horse-9' };

export interface DeskOffice {
  readonly office: Office;
  readonly provider: SipPhone;
  readonly desk: SipPhone;
  /** Changes when the service is started again. */
  service: Service;
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openDeskOffice(): Promise<DeskOffice> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'trunkline-desk-'));
  const environment = { TRUNKLINE_LOG: 'warn', TRUNKLINE_ADMIN_PASSWORD: administrator.password };
  const service = await Service.start({ clock, dataFolder, environment });
  const place = { host: '127.0.0.1', port: service.ports.sip };
  const provider = await SipPhone.open({ clock, service: place, username: 'provider', law: 'PCMA' });
  const office = await setUpOffice(service.api, { host: '127.0.0.1', port: provider.port });
  const desk = await SipPhone.open({ clock, service: place, ...office.deskPhone, law: 'PCMU' });
  const status = await desk.register();
  if (status !== 200) throw new Error(`the desk phone could not register: ${status}`);
  const opened: DeskOffice = {
    office,
    provider,
    desk,
    service,
    async restart() {
      opened.service = await Service.start({ clock, dataFolder, environment, ports: service.ports });
    },
    async close() {
      desk.close();
      provider.close();
      await opened.service.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
  return opened;
}

export interface Talk {
  readonly outside: PhoneCall;
  readonly inside: PhoneCall;
}

/** The provider calls, the desk phone answers, both speak. */
export async function startTalk({ office, provider, desk }: DeskOffice, caller: string): Promise<Talk> {
  const rung = new Promise<PhoneCall>((resolve) => {
    desk.onCall = resolve;
  });
  const outside = await provider.call(office.rentedNumber, { from: caller });
  const inside = await rung;
  inside.ring();
  await outside.ringing;
  inside.answer();
  await Promise.all([outside.answered, inside.answered]);
  outside.audio.say(sentence('customer'));
  inside.audio.say(sentence('colleague'));
  return { outside, inside };
}

export async function endTalk({ outside, inside }: Talk): Promise<void> {
  await outside.hangUp();
  await inside.ended;
  outside.audio.close();
  inside.audio.close();
}

/** The caller gives up while it rings. */
export async function giveUp({ office, provider, desk }: DeskOffice, caller: string): Promise<void> {
  const rung = new Promise<PhoneCall>((resolve) => {
    desk.onCall = resolve;
  });
  const outside = await provider.call(office.rentedNumber, { from: caller });
  outside.answered.catch(() => undefined); // it never will be
  const inside = await rung;
  inside.ring();
  await outside.ringing;
  await outside.cancel();
  await Promise.all([outside.ended, inside.ended]);
  outside.audio.close();
  inside.audio.close();
}

const settleMs = 10_000;
const pollMs = 50;

/** The newest call with this number once its record says it ended. */
export async function endedCall({ service }: DeskOffice, caller: string): Promise<CallRow> {
  const giveUpAt = clock.now() + settleMs;
  for (;;) {
    const calls = await service.api.get<Page<CallRow>>(`/api/calls?phone=${encodeURIComponent(caller)}`);
    const [call] = calls.items;
    const isDone = call?.endedAt !== undefined && (!call.answeredAt || call.recording?.state === 'finished');
    if (call !== undefined && isDone) return call;
    if (clock.now() > giveUpAt) throw new Error(`no ended call with ${caller}`);
    await pause(pollMs);
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));
