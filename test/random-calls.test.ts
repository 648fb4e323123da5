/**
 * Random calls with fixed seeds: whatever happens in whatever order, nothing throws, the invariants of checkPbx hold
 * after each event, and in the end no call, leg or timer is left over. A failing seed prints itself as a transcript.
 */
import { play } from './scenarios/transcript';

const seeds = 1000;
const stepsMax = 90;

/** mulberry32: small, seeded, good enough to pick from lists. */
function randomOf(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
  };
}

const starts = [
  'trunk provider calls +420210000001 from 777123456',
  'trunk provider calls +420210000002 from 777123456 without offer',
  'trunk provider calls +420210000001 from anonymous hidden',
  'trunk provider calls +420210000004 from 777123999',
  'trunk provider calls +420999888777 from 777123999',
  'trunk tie calls 910111222 from 777123456',
  'trunk oldpbx calls 102 from 103',
  'boris-desk calls 777123456',
  'boris-desk calls 101',
  'anna-desk calls 101',
  'boris-desk calls *11',
  'anna-home calls 40',
  'boris-desk calls *11101',
  'trunk oldpbx calls *11 from 103',
  'anna-home calls 112',
  '101 clicks to call 777123456',
  '102 clicks to call 101',
  'trunk provider calls +420210000011 from 777123456',
  'trunk provider calls +420210000011 from 777123457 without offer',
  'trunk provider calls +420210000012 from 777123456',
  'trunk provider calls +420210000013 from 777123456',
  'trunk provider calls +420210000014 from 777123456',
  'trunk provider calls +420210000015 from 777123456',
  'trunk provider calls +420210000017 from 777123456',
  'boris-desk calls +420210000011',
  'anna-desk calls *97',
  'trunk provider calls +420210000021 from 777123456',
  'trunk provider calls +420210000021 from 777123457',
  'trunk provider calls +420210000022 from 777123456',
  'trunk provider calls +420210000022 from 777123456 without offer',
  'anna-home calls +420210000021',
  'boris-desk calls *7001',
  'anna-home calls *70',
  'trunk oldpbx calls *7001 from 215',
  'boris-desk calls *72777000111',
  'anna-desk calls *73',
  'boris-desk calls *78',
  'boris-desk calls *79',
  'browser-u101 calls 777123456',
  'browser-u102 calls 101',
  'browser-u101 calls resume-c1.1',
  'browser-u101 calls resume-c1.2',
  'browser-u102 calls resume-c1.2',
  'browser-u102 calls resume-c1.3',
  '101 clicks to call 777123456 via headset',
  'boris-desk calls 101 replacing leg c1.2',
  'anna-home calls 101 replacing leg c1.4 early only',
  'anna-home calls 101 replacing leg c1.1',
  'boris-desk calls 777123999',
  'anna-home calls 777123998 without offer',
  'boris-desk calls *801777123997',
  'boris-desk calls +4915112345678',
  'anna-desk calls 900123456',
  'trunk provider calls +420210000002 from 777000101',
  'trunk provider calls +420210000002 from 777000102 without offer',
  'trunk provider calls +420210000001 from 777123456 diverted by 777000101',
  'the mobile +420777000101 of 101 is called to prove itself',
  'trunk provider calls +420210000004 from 777123456 without offer',
  'trunk oldpbx calls 101 from 777123456',
  'trunk oldpbx calls 101 from anonymous hidden',
  'trunk oldpbx calls 777123456 from +420777000111',
  'anna-desk calls 2777999888',
];
/** What an office may have set up about calls out. */
const settings = [
  '101 answers on headset',
  'browser of 101 registers',
  'browser of 102 registers',
  '101 has mobile +420777000101',
  '102 has mobile +420777000102',
  '101 has PIN 2468',
  'number sales lets mobiles through',
  'rule: +420777 goes out on provider/main,second/sales',
  'rule: all goes out on second,provider',
  'line 01 is number main',
  'key anna-home is for number main',
  'recordings inbound are announced',
  'recordings outbound are announced',
  'recordings internal are never',
  'recordings of 102 are never',
  'recordings of 101 are announced',
  'trunk second has 1 channels',
  'trunk tie is for emergencies',
  'plan away calls +420777000999 for number main',
  'number main falls to +420777000998 on second',
  'guard allows 2 atOnce',
];
const happenings = [
  'phone N of those who talk is lost',
  'phone N of those who talk is lost',
  'phone N of those who are lost resumes',
  'phone N of those who are lost resumes',
  'phone N of those who are lost resumes',
  'leg N loses its connection',
  'leg N loses its connection',
  'leg N loses its connection',
  'audio of leg N is back',
  'audio of leg N is lost',
  'resume timer of leg N fires',
  'browser of 101 registers',
  'browser two of 101 registers',
  'browser of 102 registers',
  'browsers of 101 are gone',
  'browsers of 102 are gone',
  '101 answers on headset',
  '101 answers on desk,mobile',
  '102 answers on headset,mobile',
  'api mutes leg N',
  'api unmutes leg N',
  'leg N rings and takes the word to answer',
  'api answers leg N',
  'api lets 102 retrieve',
  'leg N presses *7#',
  'leg N presses *7#',
  'leg N presses *3#',
  'park timer fires',
  'api holds leg N',
  'api resumes leg N',
  'api parks leg N',
  '101 forwards noAnswer to 102',
  '101 forwards busy to 777000111',
  '101 forwards always to 102',
  '101 forwards always to nobody',
  '102 forwards noAnswer to voicemail',
  '102 wants no calls',
  '102 takes calls',
  'pickup group of 101,103',
  'leg N rings',
  'leg N has heard it',
  'leg N has heard it until a digit',
  'leg 1 has heard it',
  'leg 1 has heard it',
  'leg 1 presses 1',
  'leg 1 presses 12',
  'leg 1 presses 4',
  'leg 1 presses 5',
  'leg 1 presses 102',
  'leg 1 presses #',
  'leg N presses **420210000011#',
  'leg N presses **420210000017#',
  'leg N refers to 00420210000017',
  'attendant timer fires',
  'look-up timer fires',
  'crm finds a client of 102',
  'hours are open',
  'hours are closed',
  'plan desk is removed',
  'store lists m1 from 777123456 new, m2 from nobody old',
  'store lists m1 from 777123456 new, m2 from nobody old',
  'store lists nothing',
  'leg N has no recording',
  'leg N sends early media',
  'leg N answers',
  'leg N answers',
  'leg N refuses with 486',
  'leg N refuses with 603',
  'leg N refuses with 408',
  'leg N cancels',
  'leg N hangs up',
  'leg N never acknowledges',
  'leg N acknowledges',
  'leg N acknowledges with an answer',
  'leg N holds',
  'leg N resumes',
  'leg N re-invites without offer',
  'audio of leg N is lost',
  'next media of leg N fails: no-common-codec',
  'crm finds contact ct1',
  'crm finds lead l1',
  'crm knows nothing',
  'crm fails',
  'disk is full',
  'leg N presses **102#',
  'leg N presses **777000111#',
  'leg N presses *102#',
  'leg N presses *102#',
  'leg N presses *0#',
  'leg N presses *1#',
  'leg N presses *9',
  'digits timer of leg N fires',
  'leg N refers to 102',
  'leg N refers to 777000111',
  'leg cM.N refers to 102 replacing leg cK.1',
  'api transfers leg N to 101',
  'api transfers leg N to 101 announced',
  'api completes leg N',
  'api cancels leg N',
  'api lets 102 pick up',
  'api turns recording paused',
  'api turns recording running',
  'ring timer fires',
  'longest timer fires',
  'api hangs up',
  'pass 7 s',
  '101 logs in',
  '102 logs in',
  '102 logs in of support',
  '102 logs out',
  '101 logs out of everyone',
  '101 pauses',
  '101 resumes',
  '102 resumes',
  'wrap-up timer of 101 fires',
  'wrap-up timer of 102 fires',
  'queue timer fires',
  'queue timer fires',
  'caller presses 1 on leg 1',
  'leg N has heard it',
  'crm finds company vip',
  'leg N refuses with 503',
  'leg N refuses with 500',
  'leg N sends early media',
  'leg N answers',
  'leg N presses 1',
  'leg N presses 5',
  'leg N presses 1',
  'accept timer of leg N fires',
  'leg 1 presses 2468#',
  'leg 1 presses 2468#',
  'leg 1 presses 777111222#',
  'leg 1 presses 102#',
  'leg N tells 1 by INFO',
  'leg N redirects to 102',
  'leg N redirects to 777000111',
  'leg N redirects to 900123456,103',
  'leg N has heard that it is recorded',
  'leg N presses **004915112345678#',
  'guard allows 1 atOnce',
  'guard allows 1 callsPerHour',
  'guard allows 60 callsPerHour',
  'api lifts the block of 101',
  'trunk second has 0 channels',
  'trunk provider has 2 channels',
  'trunk provider takes 1 calls a second',
  'trunk provider is down',
  '102 forwards unreachable to +4915112345678',
  'leg N cannot hear that it is recorded',
  'mailbox desk-box is removed',
  '101 is removed from the office',
];

/** N a leg, M and K calls. */
function filled(line: string, random: (n: number) => number, calls: number): string {
  return line
    .replace('N', String(1 + random(6)))
    .replace('M', String(1 + random(calls)))
    .replace('K', String(1 + random(calls)));
}

function randomTranscript(seed: number): string {
  const random = randomOf(seed);
  const pick = (list: readonly string[]): string => list[random(list.length)] ?? '';
  const lines: string[] = ['with routes', ...(random(4) === 0 ? [] : ['hours are open'])];
  lines.push(...settings.filter(() => random(3) === 0));
  for (const agent of [101, 102]) if (random(2) === 0) lines.push(`${agent} logs in`);
  let calls = 0;
  for (let step = 0; step < stepsMax; step += 1) {
    if (calls === 0 || (calls < 4 && random(12) === 0)) {
      lines.push(pick(starts));
      calls += 1;
    }
    lines.push(`call ${1 + random(calls)}: ${filled(pick(happenings), random, calls)}`);
  }
  for (let call = 1; call <= calls; call += 1)
    lines.push(`call ${call}: api hangs up`, `call ${call}: linger timer fires`);
  for (const agent of [101, 102]) lines.push(`${agent} logs out`, `wrap-up timer of ${agent} fires`);
  return [...lines, 'nothing is left over', ''].join('\n');
}

describe('random calls', () => {
  it(`leave nothing over (${seeds} seeds of ${stepsMax} steps)`, () => {
    for (let seed = 1; seed <= seeds; seed += 1) {
      const transcript = randomTranscript(seed);
      try {
        play(transcript);
      } catch (error) {
        throw new Error(`seed ${seed}:\n${transcript}`, { cause: error });
      }
    }
  });
});
