/** The figures as the table of bench/README.md. */
import type { Percentiles } from './generator/histogram';
import type { Measured } from './load';
import { type HeldFigures, mean } from './measure-held';
import type { CentreFigures } from './measure-centre';
import type { RateFigures } from './measure-rates';
import { peers, quotedOn } from './peers';

export interface Figures {
  readonly size: 'quick' | 'full';
  readonly contacts: number;
  readonly machine: string;
  /** ISO 8601. */
  readonly day: string;
  readonly idleBytes: number;
  readonly alone: Measured;
  readonly held: readonly HeldFigures[];
  readonly hangUps: readonly number[];
  readonly whole: readonly RateFigures[];
  readonly signalling: readonly RateFigures[];
  readonly centre: CentreFigures;
  readonly readyMs: number;
}

interface Row {
  readonly what: string;
  readonly measured: string;
  readonly now: string;
  readonly aim: string;
  readonly peers: string;
}

export function tableOf(figures: Figures): string {
  const { size, machine, day, contacts, alone, held } = figures;
  const steal = mean(held.map((one) => one.stolenShare)) * 100;
  const idle = mean(held.map((one) => one.idleShare)) * 100;
  const rows = [...held.flatMap(heldRows), ...rateRows(figures), ...centreRows(figures.centre), ...otherRows(figures)];
  return [
    `**${day}, \`npm run bench${size === 'quick' ? ' -- --quick' : ''}\`** on ${machine}; ${contacts.toLocaleString('en')} contacts.`,
    `While calls were held the machine was ${idle.toFixed(0)} % idle and ${steal.toFixed(1)} % of its time went to other machines.`,
    `The generator's own part, without a service between its ends, 200 calls: delay ${delayText(alone.report.delayMs)},`,
    `${((alone.generatorCpuMs / alone.report.windowMs / 200) * 100).toFixed(3)} % of a core a call.`,
    '',
    `| what | measured | must | aim | peers (quoted: ${quotedOn}) |`,
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.what} | ${row.measured} | ${row.now} | ${row.aim} | ${row.peers} |`),
  ].join('\n');
}

function heldRows(held: HeldFigures): readonly Row[] {
  const { calls, servicePercent, relayPercent, ratios, delay, relayDelay, lossRatio, relayLossRatio } = held;
  const turns = ratios.map((ratio) => ratio.toFixed(2)).join(', ');
  const verdict = held.isClean ? 'clean' : `**not clean**: ${held.faults}`;
  return [
    {
      what: `CPU of a recorded two-leg G.711 call, ${calls} at once, all processes`,
      measured: `**${(servicePercent / relayPercent).toFixed(2)} × bare relay** (turns: ${turns}); ${servicePercent.toFixed(3)} % of a core against ${relayPercent.toFixed(3)} %; ${verdict}`,
      now: '≤ 2.2 ×',
      aim: '≤ 1.5 ×',
      peers: `% of a core at 200: ${peers.recorded}. Not recorded: ${peers.relayed}`,
    },
    {
      what: `loss and delay at ${calls} recorded calls`,
      measured: `loss ${percentText(lossRatio)}, delay ${delayText(delay)} (bare relay: ${percentText(relayLossRatio)}, ${delayText(relayDelay)})`,
      now: 'no loss',
      aim: 'p99 ≤ 1 ms, p99.9 ≤ 5 ms added',
      peers: peers.delay,
    },
  ];
}

function rateRows({ whole, signalling, contacts }: Figures): readonly Row[] {
  const best = bestOf(whole) ?? whole[0];
  const invite = best?.measured.report.inviteMs;
  return [
    {
      what: `whole calls a second: two legs, caller matched among ${contacts.toLocaleString('en')}, 2 s recorded, call record and recording counted afterwards`,
      measured: rateText(whole),
      now: '≥ 100/s clean',
      aim: '≥ 200/s',
      peers: '–',
    },
    {
      what: 'signalling only, the same otherwise',
      measured: rateText(signalling),
      now: '≥ 100/s clean',
      aim: '≥ 320/s, ≤ 3 ms',
      peers: peers.signalling,
    },
    {
      what: `INVITE in → INVITE out, whole calls at ${best?.rate ?? 0}/s`,
      measured:
        invite === undefined ? 'not measured' : `p50 ${invite.p50.toFixed(1)} ms, p99 ${invite.p99.toFixed(1)} ms`,
      now: '–',
      aim: 'p99 ≤ 20 ms',
      peers: peers.invite,
    },
  ];
}

function centreRows({ agents, strategy, rates }: CentreFigures): readonly Row[] {
  const best = bestOf(rates) ?? rates[0];
  const offered = best?.measured.report.inviteMs;
  return [
    {
      what: `whole calls through a menu (our words, a digit) and a queue of ${agents} agents (${strategy}), otherwise as above`,
      measured: rateText(rates),
      now: '≥ 150/s clean',
      aim: '≥ 200/s',
      peers: '–',
    },
    {
      what: `end of the digit → INVITE to an agent, at ${best?.rate ?? 0}/s`,
      measured:
        offered === undefined ? 'not measured' : `p50 ${offered.p50.toFixed(1)} ms, p99 ${offered.p99.toFixed(1)} ms`,
      now: '–',
      aim: 'p99 ≤ 20 ms',
      peers: '–',
    },
  ];
}

function otherRows({ hangUps, readyMs, idleBytes, held }: Figures): readonly Row[] {
  const at = (share: number): number => hangUps[Math.min(hangUps.length - 1, Math.floor(hangUps.length * share))] ?? 0;
  const memory = held.at(-1);
  return [
    {
      what: `hang-up → recording finished in the interface (${hangUps.length} calls, asked every 20 ms)`,
      measured: hangUps.length === 0 ? 'not measured' : `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
      now: '–',
      aim: 'p99 ≤ 1 s',
      peers: '–',
    },
    {
      what: 'second start → ready; idle memory, resident, all processes',
      measured: `${(readyMs / 1000).toFixed(1)} s; ${megabytes(idleBytes)} MB`,
      now: '≤ 3 s',
      aim: '≤ 3 s; ≤ 250 MB',
      peers: peers.start,
    },
    {
      what: `memory of a live call (${memory?.calls ?? 0} held, above idle; the heap's warming up is in it)`,
      measured: memory === undefined ? 'not measured' : `${Math.round(memory.memoryBytesPerCall / 1000)} kB`,
      now: '–',
      aim: '≤ 200 kB',
      peers: peers.memory,
    },
    ...notMeasured.map((what) => ({ what, measured: 'not measured yet', now: '–', aim: '–', peers: '–' })),
  ];
}

const notMeasured = [
  'recorded calls at once without loss; growth over 100,000 calls',
  'INVITE in → client’s card on the operator’s screen',
  'embedded SIP engine alone',
];

const bestOf = (figures: readonly RateFigures[]): RateFigures | undefined => figures.findLast((one) => one.isClean);

export function rateText(figures: readonly RateFigures[]): string {
  const best = bestOf(figures);
  const last = figures.at(-1);
  const parts = figures.map(
    (one) => `${one.rate}/s ${one.isClean ? '' : 'not '}clean, ${one.cpuMsPerCall.toFixed(1)} ms CPU a call`,
  );
  const why = last === undefined || last.isClean ? '' : ` (${last.faults})`;
  return `**${best?.rate ?? 0}/s clean**: ${parts.join('; ')}${why}`;
}

/** The part alone, for a look between two changes. */
export const centreText = ({ rates }: CentreFigures): string =>
  [
    rateText(rates),
    ...rates.map(({ rate, measured }) => `${rate}/s: digit → INVITE ${delayText(measured.report.inviteMs)}`),
  ].join('; ');

const delayText = ({ p50, p99, p999 }: Percentiles): string =>
  `p50 ${p50.toFixed(2)}, p99 ${p99.toFixed(2)}, p99.9 ${p999.toFixed(2)} ms`;
const percentText = (share: number): string => `${(share * 100).toFixed(3)} %`;
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
