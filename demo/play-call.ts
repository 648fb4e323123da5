/** One call of the demo from ring to recording, and everything about it that was not as it should be. */
import type { CallRow } from '../prisma/records';
import type { Clock } from '../server/clock';
import type { Api } from './api';
import type { Office } from './office';
import type { PhoneCall } from './phone/phone-call';
import type { SipPhone } from './phone/sip-phone';
import { channelsOf, levelDb, likeness, sentence } from './spoken';

export interface Stage {
  readonly clock: Clock;
  readonly api: Api;
  readonly office: Office;
  readonly provider: SipPhone;
  readonly desk: SipPhone;
}

export interface Scene {
  readonly caller: string;
  readonly expected: { readonly kind: 'lead' | 'contact'; readonly id?: string };
}

export interface Report {
  readonly call: CallRow;
  readonly answeredBy: string;
  readonly cardPath: string;
  readonly secondsRecorded: number;
  readonly levelsDb: { readonly left: number; readonly right: number };
  readonly likeness: { readonly left: number; readonly right: number };
  readonly problems: readonly string[];
}

const ringForMs = 1200;
const likenessMin = 0.8;
const levelDbMin = -40;
const settleMs = 10_000;
const pollMs = 50;

export async function playCall(stage: Stage, scene: Scene): Promise<Report> {
  const { provider, desk, office, clock } = stage;
  const rung = new Promise<PhoneCall>((resolve) => {
    desk.onCall = resolve;
  });
  const outside = await provider.call(office.rentedNumber, { from: scene.caller });
  const inside = await rung;
  inside.ring();
  await outside.ringing;
  await pause(clock, ringForMs);
  inside.answer();
  await Promise.all([outside.answered, inside.answered]);
  await speak(clock, outside, inside);
  await outside.hangUp();
  await inside.ended;
  const report = await look(stage, scene, { outside, inside });
  outside.audio.close();
  inside.audio.close();
  return report;
}

const pause = (clock: Clock, ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));

/** Both say their sentence once, the colleague while the customer still hears the line: the channels must stay apart. */
async function speak(clock: Clock, outside: PhoneCall, inside: PhoneCall): Promise<void> {
  const [customer, colleague] = [sentence('customer'), sentence('colleague')];
  outside.audio.say(customer);
  inside.audio.say(colleague);
  await pause(clock, Math.max(customer.length, colleague.length) / 8);
}

async function look(
  stage: Stage,
  scene: Scene,
  ends: { readonly outside: PhoneCall; readonly inside: PhoneCall },
): Promise<Report> {
  const call = await finishedCall(stage, scene.caller);
  const recording =
    call.recording === undefined ? undefined : await stage.api.bytes(`/api/recordings/${call.recording.id}/audio`);
  const { left, right } = recording?.status === 200 ? channelsOf(recording.bytes) : silence;
  const [customer, colleague] = [sentence('customer'), sentence('colleague')];
  const found = { left: likeness(left, customer), right: likeness(right, colleague) };
  const levelsDb = { left: levelDb(left), right: levelDb(right) };
  const secondsRecorded = left.length / 8000;
  const checks: readonly (readonly [boolean, string])[] = [
    [
      call.card?.kind === scene.expected.kind,
      `the call should be on a ${scene.expected.kind}, is on ${call.card?.kind ?? 'nothing'}`,
    ],
    [scene.expected.id === undefined || call.card?.id === scene.expected.id, 'the call is on another client’s card'],
    [call.answeredByUserId === stage.office.person.id, 'the call record does not know who answered'],
    [
      Math.abs(secondsRecorded - call.talkMs / 1000) < 0.5,
      `${secondsRecorded.toFixed(1)} s recorded of ${(call.talkMs / 1000).toFixed(1)} s talked`,
    ],
    [levelsDb.left > levelDbMin && levelsDb.right > levelDbMin, 'a channel of the recording is silent'],
    [found.left > likenessMin, `the left channel is not the customer (${found.left.toFixed(2)})`],
    [found.right > likenessMin, `the right channel is not our side (${found.right.toFixed(2)})`],
    [likeness(ends.outside.audio.heard(), colleague) > likenessMin, 'the caller did not hear the colleague'],
    [likeness(ends.inside.audio.heard(), customer) > likenessMin, 'the desk phone did not hear the caller'],
    [await isOnItsCard(stage.api, call), 'the card’s timeline does not show the call with its recording'],
  ];
  const problems = checks.filter(([isTrue]) => !isTrue).map(([, problem]) => problem);
  const cardPath = call.card === undefined ? '/calls' : `/${pluralOf[call.card.kind]}/${call.card.id}`;
  return { call, answeredBy: stage.office.person.name, cardPath, secondsRecorded, levelsDb, likeness: found, problems };
}

const silence = { left: new Int16Array(0), right: new Int16Array(0) };
export const pluralOf = { contact: 'contacts', company: 'companies', lead: 'leads' } as const;

/** The call record with its finished recording; it is there within a moment of hanging up. */
async function finishedCall({ api, clock }: Stage, caller: string): Promise<CallRow> {
  const giveUpAt = clock.now() + settleMs;
  for (;;) {
    const { items } = await api.get<{ items: readonly CallRow[] }>(`/api/calls?phone=${encodeURIComponent(caller)}`);
    const [call] = items;
    if (call !== undefined && (call.recording?.state === 'finished' || clock.now() > giveUpAt)) return call;
    if (clock.now() > giveUpAt) throw new Error('the service has no record of the call');
    await pause(clock, pollMs);
  }
}

async function isOnItsCard(api: Api, call: CallRow): Promise<boolean> {
  if (call.card === undefined) return false;
  const path = `/api/${pluralOf[call.card.kind]}/${call.card.id}/timeline`;
  const { items } = await api.get<{ items: readonly { call: CallRow }[] }>(path);
  return items.some((entry) => entry.call.id === call.id && entry.call.recording !== undefined);
}
