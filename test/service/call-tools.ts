/** What tests of live calls share: the next call of a phone, a tone to say, and which tones are in what was heard. */
import type { PhoneCall } from '../../demo/phone/phone-call';
import type { SipPhone } from '../../demo/phone/sip-phone';
import type { CallRow } from '../../prisma/records';
import { levelAt } from '../audio/goertzel';
import { sine } from '../audio/tone';
import { readWav } from '../audio/wav';
import { clock, type RunningOffice } from './running-office';

export const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));

export const nextCall = (phone: SipPhone): Promise<PhoneCall> =>
  new Promise((resolve) => {
    phone.onCall = resolve;
  });

/** Answers the next call at once. */
export async function answers(phone: SipPhone): Promise<PhoneCall> {
  const call = await nextCall(phone);
  call.ring();
  call.answer();
  await call.answered;
  return call;
}

/** A second of a tone at -10 dBFS that can be said over and over without a click. */
export const tone = (frequencyHz: number): Int16Array => sine({ frequencyHz, samples: 8000 });

export interface Talk {
  readonly caller: PhoneCall;
  readonly callee: PhoneCall;
}

/** One phone calls, the other answers, each says its tone. */
export async function talk(
  from: { readonly phone: SipPhone; readonly number: string; readonly as?: string; readonly toneHz: number },
  to: { readonly phone: SipPhone; readonly toneHz: number },
): Promise<Talk> {
  const answered = answers(to.phone);
  const caller = await from.phone.call(from.number, from.as === undefined ? {} : { from: from.as });
  const [callee] = await Promise.all([answered, caller.answered]);
  caller.audio.say(tone(from.toneHz));
  callee.audio.say(tone(to.toneHz));
  return { caller, callee };
}

/** The last half second, where a tone is there or is not. */
export const lately = (samples: Int16Array): Int16Array => samples.subarray(Math.max(0, samples.length - 4000));

/** Heard at its level, and the other one not at all. */
export function expectTone(samples: Int16Array, heardHz: number, notHeardHz: number): void {
  expect(levelAt(heardHz, samples)).toBeGreaterThan(-13);
  expect(levelAt(heardHz, samples)).toBeLessThan(-9);
  expect(levelAt(notHeardHz, samples)).toBeLessThan(-45);
}

export async function channelsOf(
  office: RunningOffice,
  call: CallRow,
): Promise<{ left: Int16Array; right: Int16Array }> {
  const { status, bytes } = await office.service.api.bytes(`/api/recordings/${call.recording?.id}/audio`);
  expect(status).toBe(200);
  const [left = new Int16Array(0), right = new Int16Array(0)] = readWav(bytes).channels;
  return { left, right };
}

/** Without the first and the last quarter second. */
export const middleOf = (samples: Int16Array): Int16Array => samples.subarray(2000, samples.length - 2000);
