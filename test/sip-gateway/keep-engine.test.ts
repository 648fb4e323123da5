// The engine's thread dies under live calls: they end, the gateway says it is not ready, and soon both serve again at the same place.

import { Worker } from 'node:worker_threads';
import threads from 'node:worker_threads';
import { sdpOf } from '../../call-router/values/ids';
import { acknowledge, device, invite, Office, passwordOf, trunk } from './office';
import { deferred } from './engine/test-engine';
import { type RawPhone, sdp } from './raw-phone';

let office: Office;
let provider: RawPhone;
const started: Worker[] = [];

/** Keeps hold of the threads that are started: a test ends them as a crash would. */
class HeldWorker extends Worker {
  constructor(...args: ConstructorParameters<typeof Worker>) {
    super(...args);
    started.push(this);
  }
}

beforeEach(async () => {
  started.length = 0;
  Object.defineProperty(threads, 'Worker', { value: HeldWorker, configurable: true, writable: true });
  office = await Office.open({ devices: [device('anna')], trunks: [] });
  provider = await office.phone('127.0.0.2');
  provider.always((message) => {
    if (message.method !== 'OPTIONS') return false;
    provider.answer(message, 200);
    return true;
  });
  office.gateway.configure({
    devices: [device('anna', 'SHA-256')],
    trunks: [
      trunk({ id: 'carrier', kind: 'address', host: '127.0.0.2', port: provider.port }),
      trunk({ id: 'pbx', kind: 'pbx', username: 'office', password: passwordOf('office') }),
    ],
  });
});
afterEach(async () => {
  Object.defineProperty(threads, 'Worker', { value: Worker, configurable: true, writable: true });
  await office.close();
});

const crash = () => started.at(-1)?.terminate();

async function ready(): Promise<void> {
  while (!office.gateway.ready()) await new Promise((resolve) => setImmediate(resolve));
}

async function talking(): Promise<string> {
  const lines = ['Content-Type: application/sdp', provider.contact()];
  const request = invite('<sip:+420601111111@x>', `sip:222@127.0.0.1`, { lines, body: sdp() });
  provider.send(provider.textOf(request));
  const { leg } = await office.event('invite-received');
  office.run({ to: 'sip', do: 'answer', leg, sdp: sdpOf(sdp(5000)) });
  acknowledge(provider, request, await provider.response(request));
  await office.event('ack-received');
  return leg;
}

test('a thread that dies is replaced on the same ports; its calls end, the next ones are served, again and again', async () => {
  for (let round = 1; round <= 2; round++) {
    const leg = await talking();
    await crash();
    expect(await office.event('leg-hung-up')).toMatchObject({ leg });
    expect(office.gateway.ready()).toBe(false);
    office.clock.forward(1_000);
    await ready();
    expect(started).toHaveLength(round + 1);
  }
  await talking();
  expect((await office.engine.counters()).requestsPassed).toBe(1);
  expect(office.exits).toHaveLength(2);
});

test('a stopped engine stays stopped, also while its replacement is starting', async () => {
  await crash();
  await office.engine.stop();
  office.clock.forward(60_000);
  expect(started.length).toBeLessThanOrEqual(2);
  await Promise.all(started.map((worker) => worker.terminate()));
});

test('sockets of pages end with the thread, none is taken while there is none, and the next thread takes them again', async () => {
  const ended = deferred<undefined>();
  const wrote: string[] = [];
  const place = { address: '192.0.2.7', port: 40_000 };
  const written = deferred<undefined>();
  const socket = {
    wire: 'wss',
    remote: place,
    local: place,
    account: 'b1',
    write: (text: string) => {
      wrote.push(text);
      written.resolve(undefined);
    },
    end: () => ended.resolve(undefined),
  } as const;
  const flow = office.engine.openFlow(socket);
  flow?.read('\r\n\r\n');
  await written.promise;
  expect(wrote).toEqual(['\r\n']);
  await crash();
  await ended.promise;
  flow?.read('\r\n\r\n'); // late, and nobody's
  expect([office.engine.isRunning(), office.engine.openFlow(socket)]).toEqual([false, undefined]);
  office.clock.forward(1_000);
  while (!office.engine.isRunning()) await new Promise((resolve) => setImmediate(resolve));
  await ready();
  expect(office.engine.openFlow(socket)).toBeDefined();
});
