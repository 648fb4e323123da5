/**
 * The reference of our figures: the plainest relay a Node program can be. A dgram socket for each side of each call;
 * what comes in at one goes out at the other, untouched. What the RTP engine costs is said as a ratio to this, measured
 * in the same minutes on the same machine. Run in a process of its own:
 *   node dist/bench/bare-relay.js <calls> <first port of ours> <first port of the far ends>
 * Far ends listen on even ports one after another; so do we. Prints `{"cpuUs":…,"packets":…}` for each line it reads
 * on stdin, counted since the line before, and ends with stdin.
 */
import { type Socket, createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const host = '127.0.0.1';
const [calls = 1, ownPort = 30_000, farPort = 40_000] = process.argv.slice(2).map(Number);
let packets = 0;

async function main(): Promise<void> {
  const sockets = await Promise.all(Array.from({ length: calls * 2 }, (_, i) => bound(ownPort + i * 2)));
  sockets.forEach((socket, i) => {
    const other = i ^ 1;
    const out = sockets[other] ?? socket;
    socket.on('message', (packet) => {
      packets++;
      out.send(packet, farPort + other * 2, host);
    });
  });
  process.stdout.write('{"ready":true}\n');
  let cpu = process.cpuUsage();
  for await (const _ of createInterface(process.stdin)) {
    const used = process.cpuUsage(cpu);
    process.stdout.write(`${JSON.stringify({ cpuUs: used.user + used.system, packets })}\n`);
    cpu = process.cpuUsage();
    packets = 0;
  }
  for (const socket of sockets) socket.close();
}

async function bound(port: number): Promise<Socket> {
  const socket = createSocket('udp4').bind(port, host);
  await once(socket, 'listening');
  return socket;
}

void main();
