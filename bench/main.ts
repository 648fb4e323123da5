/**
 * `npm run bench`: starts the service as a user starts it, loads it with real calls over real SIP and RTP, and writes what it
 * saw into bench/README.md. `-- --quick`: short windows and 100,000 contacts instead of 1,000,000. `-- --only centre 100,150`:
 * this part alone, at these rates, not written down. `-- --only desk`: what people wait for in the page, in Chromium. `-- --serve 5080 5090`: only sets the office up, so that another load
 * tool calls it from the first port and answers at the second.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { deskText, measureDesk } from './measure-desk';
import { measureHangUps } from './measure-hang-up';
import { measureHeld } from './measure-held';
import { climbCentre } from './measure-centre';
import { climb, measureRate } from './measure-rates';
import { Load } from './load';
import { type Office, openOffice, pause } from './office';
import { systemClock } from '../server/clock';
import { machineLine, usageOf } from './processes';
import { writeReadme } from './readme';
import { measureNothing } from './relay';
import { centreText, type Figures, rateText, tableOf } from './table';

interface Size {
  readonly name: 'quick' | 'full';
  readonly contacts: number;
  readonly windowMs: number;
  readonly rateWindowMs: number;
  readonly fullRates: readonly number[];
  readonly signallingRates: readonly number[];
  readonly centreRates: readonly number[];
}

const quick: Size = {
  name: 'quick',
  contacts: 100_000,
  windowMs: 6000,
  rateWindowMs: 6000,
  fullRates: [60, 100, 140],
  signallingRates: [100, 200, 320],
  centreRates: [60, 100, 150],
};
const full: Size = {
  name: 'full',
  contacts: 1_000_000,
  windowMs: 20_000,
  rateWindowMs: 20_000,
  fullRates: [100, 130, 160, 200],
  signallingRates: [100, 150, 200, 250, 320, 400],
  centreRates: [100, 130, 150, 170, 200],
};
const firstNumber = 420_600_000_000;
const settleMs = 3000;

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const size = asked.includes('--quick') ? quick : full;
  const serve = asked.indexOf('--serve');
  const only = asked.indexOf('--only');
  if (only >= 0 && asked[only + 1] === 'desk') return say(deskText(await measureDesk()));
  if (serve >= 0) return serveOnly(size, asked.slice(serve + 1).map(Number));
  const [callerPort, calleePort] = [await freePort(), await freePort()];
  const place = { callerPort, calleePort, contacts: size.contacts, firstNumber };
  say(`${size.contacts} contacts, then the service`);
  const office = await openOffice(place);
  endWithUs(office);
  let load: Load | undefined;
  try {
    load = await Load.start(place);
    if (only >= 0) return await measureOnly(office, load, { size, asked: asked.slice(only + 1) });
    const figures = await measure(office, load, size);
    const table = tableOf(figures);
    console.log(`\n${table}`);
    writeReadme(table);
  } finally {
    await load?.stop();
    await office.close();
  }
}

interface Only {
  readonly size: Size;
  /** Which part, and its rates. */
  readonly asked: readonly string[];
}

/** One part of the rates, warm as in the whole run. */
async function measureOnly(office: Office, load: Load, { size, asked: [part, list] }: Only): Promise<void> {
  const { rateWindowMs: windowMs } = size;
  const rates = list === undefined ? size.centreRates : list.split(',').map(Number);
  await measureRate(office, load, { rate: 40, windowMs: 3000, audio: 'both-ways' });
  if (part === 'centre') say(centreText(await climbCentre(office, load, { rates, windowMs })));
  else
    say(rateText(await climb(office, load, { rates, windowMs, audio: part === 'signalling' ? 'none' : 'both-ways' })));
}

async function measure(office: Office, load: Load, size: Size): Promise<Figures> {
  const { windowMs, rateWindowMs, contacts } = size;
  await pause(settleMs);
  const idleBytes = usageOf(office.service.pid).memoryBytes;
  say('the generator alone');
  const alone = await measureNothing(load, { calls: 200, windowMs: 3000 });
  // Code that runs for the first time is slow in every program on V8; a service runs for weeks.
  say('warming up');
  await measureRate(office, load, { rate: 40, windowMs: 4000, audio: 'both-ways' });
  const held = [];
  for (const calls of [50, 200]) {
    say(`${calls} recorded calls, by turns with the bare relay`);
    held.push(await measureHeld(office, load, { calls, windowMs, turns: 2 }));
  }
  say('hang-ups');
  const hangUps = await measureHangUps(office, load);
  say('whole calls a second');
  const whole = await climb(office, load, { rates: size.fullRates, windowMs: rateWindowMs, audio: 'both-ways' });
  say('signalling only');
  const signalling = await climb(office, load, { rates: size.signallingRates, windowMs: rateWindowMs, audio: 'none' });
  say('through a menu and a queue');
  const centre = await climbCentre(office, load, { rates: size.centreRates, windowMs: rateWindowMs });
  say('a second start');
  const readyMs = await office.restart();
  return {
    ...{ size: size.name, contacts, idleBytes, alone, held, hangUps, whole, signalling, centre, readyMs },
    machine: machineLine(),
    day: new Date(systemClock().now()).toISOString().slice(0, 10),
  };
}

/** For another load tool; until it is stopped. */
async function serveOnly(size: Size, [callerPort = 5080, calleePort = 5090]: readonly number[]): Promise<void> {
  const office = await openOffice({ callerPort, calleePort, contacts: size.contacts, firstNumber });
  const { pid, ports, url } = office.service;
  console.log(JSON.stringify({ pid, sip: ports.sip, url, dataFolder: office.dataFolder }));
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await office.close();
}

/** Stopped from outside, the bench leaves no service behind. */
function endWithUs(office: Office): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void office.close().finally(() => process.exit(1)));
  }
}

const say = (line: string): void => console.log(`- ${line}`);

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
