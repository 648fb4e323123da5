/**
 * Random conferences with fixed seeds, as random-calls.test.ts plays calls: parties are added, leave, hold, merge calls, listen
 * in and dial rooms in any order; the invariants hold, the mixer has in each room who belongs there, and nothing is left over.
 */
import { play } from './scenarios/transcript';

const seeds = 1500;
const stepsMax = 70;

/** mulberry32, as in random-calls.test.ts. */
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
  'boris-desk calls 101',
  'anna-desk calls 102',
  'anna-desk calls 777123456',
  'anna-desk calls 103',
  'trunk oldpbx calls 102 from 103',
  'anna-desk calls *601',
  'boris-desk calls *601',
  'dana-desk calls *6022',
  'eva-desk calls *601 without offer',
  'anna-desk calls conference',
  'boris-desk calls the focus of conference K',
  '101 clicks to call 102',
  'browser-u101 calls resume-L',
  'browser-u101 calls resume-L',
  'browser-u102 calls resume-L',
  'browser-u101 calls 102',
  'browser-u102 calls *601',
  'trunk provider calls +420210000021 from 777123457',
];
const happenings = [
  'phone K of those who talk is lost',
  'phone K of those who talk is lost',
  'phone K of those who are lost resumes',
  'phone K of those who are lost resumes',
  'phone K of those who are lost resumes',
  'leg L loses its connection',
  'leg L loses its connection',
  'audio of leg L is lost',
  'audio of leg L is back',
  'resume timer of leg L fires',
  'browser of 101 registers',
  'browser of 102 registers',
  'browsers of 102 are gone',
  'api mutes leg L',
  'leg L rings',
  'leg L answers',
  'leg L answers',
  'leg L answers',
  'leg L refuses with 486',
  'leg L refuses with 603',
  'leg L hangs up',
  'leg L cancels',
  'leg L acknowledges',
  'leg L acknowledges with an answer',
  'leg L holds',
  'leg L holds',
  'leg L resumes',
  'leg L re-invites without offer',
  'audio of leg L is lost',
  'next media of leg L fails: no-common-codec',
  'crm finds contact ctM',
  'crm fails',
  'disk is full',
  'leg L presses *3#',
  'leg L presses *3#',
  'leg L presses *0#',
  'leg L presses *1#',
  'leg L presses *7#',
  'leg L presses *102#',
  'leg L presses *104#',
  'leg L presses *777000111#',
  'leg L presses **102#',
  'leg L presses *9',
  'leg L keys 1234',
  'leg L keys 7#',
  'leg L has heard it',
  'leg L keys 1',
  'digits timer of leg L fires',
  'join timer of leg L fires',
  'attendant timer fires',
  'ring timer fires',
  'park timer fires',
  'leg L refers to 102',
  'leg L refers to 102 replacing leg L',
  'leg L brings its call to conference K',
  'boris-desk calls 102 replacing leg L',
  'api confers adding 102',
  'api confers adding 104 for 101',
  'api confers adding 103',
  'api confers with leg L',
  'api confers',
  'api lets 104 listen',
  'api lets 104 whisper',
  'api lets 104 whisper',
  'api lets 104 barge',
  'api lets 104 listen',
  'api lets 105 barge',
  'api lets 101 listen',
  'api holds leg L',
  'api resumes leg L',
  'api parks leg L',
  'api ends leg L',
  'api transfers leg L to 102',
  'api transfers leg L to 104 announced',
  'api completes leg L',
  'api cancels leg L',
  'api turns recording paused',
  'api turns recording running',
  'longest timer fires',
  'pass 3 s',
  'crm knows nothing',
];

/** L a leg of any call, M and K calls. */
function filled(line: string, random: (n: number) => number, calls: number): string {
  return line
    .replace(/L/g, () => `c${1 + random(calls)}.${1 + random(random(3) === 0 ? 7 : 3)}`)
    .replace('M', () => String(1 + random(calls)))
    .replace('K', () => String(1 + random(calls)));
}

function randomTranscript(seed: number): string {
  const random = randomOf(seed);
  const pick = (list: readonly string[]): string => list[random(list.length)] ?? '';
  const lines: string[] = [
    'with conferences',
    '101 logs in',
    ...(random(3) === 0 ? [] : ['browser of 101 registers', '101 answers on headset']),
    ...(random(3) === 0 ? [] : ['browser of 102 registers', '102 answers on headset']),
    ...(random(3) === 0 ? ['102 has mobile +420777000102'] : []),
  ];
  let calls = 0;
  for (let step = 0; step < stepsMax; step += 1) {
    if (calls === 0 || (calls < 5 && random(7) === 0)) {
      calls += 1;
      lines.push(filled(pick(starts), random, calls), `call ${calls}: leg 2 answers`);
    }
    const line = filled(pick(happenings), random, calls);
    if (line.startsWith('boris-desk calls')) calls += 1;
    lines.push(`call ${1 + random(calls)}: ${line}`);
  }
  for (let call = 1; call <= calls; call += 1)
    lines.push(`call ${call}: api hangs up`, `call ${call}: linger timer fires`);
  lines.push('101 logs out', 'wrap-up timer of 101 fires');
  return [...lines, 'nothing is left over', ''].join('\n');
}

describe('random conferences', () => {
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
