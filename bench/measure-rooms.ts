/**
 * What a room costs: the media worker's busy time with rooms, against the same number of legs joined in pairs, by turns on
 * loopback. Run alone: `node dist/bench/measure-rooms.js`. No part of the big table.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { FromEngine, LegSetting, ToEngine } from '../media/engine/messages';
import { systemClock } from '../server/clock';

const legs = 30;
const windowMs = 4000;
const turns = 3;
const packetMs = 20;
const clock = systemClock();

interface End {
  readonly socket: Socket;
  readonly leg: string;
  readonly to: number;
  readonly packet: Buffer;
}

async function main(): Promise<void> {
  const worker = new Worker(path.join(__dirname, '../media/engine/worker.js'));
  const say = (message: ToEngine): void => worker.postMessage(message);
  say({ type: 'start', rtpPorts: Array.from({ length: legs + 4 }, (_, i) => 38_000 + i * 2), portRestMs: 0 });
  await said(worker, 'started');
  const ends: End[] = [];
  for (let i = 0; i < legs + 2; i++) ends.push(await openEnd(worker, `leg${i}`));
  const measure = async (arrange: () => void, members: number, speaking: number): Promise<number> => {
    for (const { leg } of ends) for (const room of ['one', ...rooms]) say({ type: 'leave-room', room, leg });
    arrange();
    return busy(worker, ends.slice(0, members).slice(0, speaking));
  };
  const rooms = Array.from({ length: legs / 3 }, (_, i) => `room${i}`);
  const enter = (i: number, room: string): void =>
    say({ type: 'enter-room', room, leg: `leg${i}`, role: { kind: 'speaks' } });
  const relay = (): void => {
    for (let i = 0; i < legs; i += 2) say({ type: 'join', a: `leg${i}`, b: `leg${i + 1}` });
  };
  const three = (): void => {
    for (let i = 0; i < legs; i++) enter(i, rooms[Math.floor(i / 3)] ?? '');
  };
  const big = (): void => {
    for (let i = 0; i < legs + 2; i++) enter(i, 'one');
  };
  await measure(relay, legs, legs); // warms up
  for (let turn = 0; turn < turns; turn++) {
    const plain = await measure(relay, legs, legs);
    const small = await measure(three, legs, legs);
    const full = await measure(big, legs + 2, legs + 2);
    const quiet = await measure(big, legs + 2, 2);
    const row = { relay: plain / legs, three: small / legs, all32: full / 32, two32: quiet / 32 };
    const ratio = (one: number): string => (one / row.relay).toFixed(2);
    process.stdout.write(
      `relay ${(row.relay * 100).toFixed(3)} % of a core a leg; 3-party ×${ratio(row.three)}; 32 all speak ×${ratio(row.all32)}; ` +
        `32 of whom 2 send ×${ratio(row.two32)}\n`,
    );
  }
  await worker.terminate();
  for (const { socket } of ends) socket.close();
}

/** Share of a core while these ends speak for the window. */
async function busy(worker: Worker, speaking: readonly End[]): Promise<number> {
  await pause(300);
  const before = worker.performance.eventLoopUtilization();
  const start = clock.now();
  for (let packet = 0; clock.now() - start < windowMs; packet++) {
    for (const end of speaking) speak(end);
    await pause(Math.max(0, start + (packet + 1) * packetMs - clock.now()));
  }
  const used = worker.performance.eventLoopUtilization(before);
  return used.active / (used.active + used.idle);
}

function speak({ socket, to, packet }: End): void {
  packet.writeUInt16BE((packet.readUInt16BE(2) + 1) & 0xffff, 2);
  packet.writeUInt32BE((packet.readUInt32BE(4) + 160) >>> 0, 4);
  socket.send(packet, to, '127.0.0.1');
}

async function openEnd(worker: Worker, leg: string): Promise<End> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  worker.postMessage({ type: 'open', leg, bindAddress: '127.0.0.1' } satisfies ToEngine);
  const opened = await said(worker, 'opened');
  worker.postMessage({ type: 'set', leg, setting: settingTo(socket.address().port) } satisfies ToEngine);
  const packet = Buffer.alloc(172, 0x2a);
  packet[0] = 0x80;
  packet[1] = 8;
  packet.writeUInt32BE(opened.rtpPort, 8);
  return { socket, leg, to: opened.rtpPort, packet };
}

function settingTo(port: number): LegSetting {
  const pcma = { payloadType: 8, codec: 'PCMA' } as const;
  return {
    rtp: { host: '127.0.0.1', port },
    rtcpMux: false,
    plausible: ['127.0.0.1'],
    receives: [pcma],
    sends: pcma,
    digitsPayloadType: 101,
    farHears: true,
    farSpeaks: true,
  };
}

async function said<Type extends FromEngine['type']>(
  worker: Worker,
  type: Type,
): Promise<Extract<FromEngine, { type: Type }>> {
  for (;;) {
    const [message] = (await once(worker, 'message')) as [FromEngine];
    if (message.type === type) return message as Extract<FromEngine, { type: Type }>;
  }
}

void main();
