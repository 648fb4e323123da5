/**
 * The reference of our figures: the plainest relay a Node program can be. A dgram socket for each side of each call;
 * what comes in at one goes out at the other, untouched. What a call costs is said as a ratio to this, measured in the same
 * minutes on the same machine with the same generator. Run in a process of its own:
 *   node dist/bench/bare-relay.js
 * The first line on stdin is a JSON array of the far ends' ports, caller and callee in turn; the answer is the array of our
 * ports facing them. It ends with stdin.
 */
import { type Socket, createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const host = '127.0.0.1';

async function main(): Promise<void> {
  let sockets: readonly Socket[] = [];
  for await (const line of createInterface(process.stdin)) {
    if (sockets.length > 0) continue;
    const farPorts = JSON.parse(line) as readonly number[];
    sockets = await Promise.all(farPorts.map(bound));
    sockets.forEach((socket, i) => {
      const other = i ^ 1;
      const [out, farPort] = [sockets[other] ?? socket, farPorts[other]];
      socket.on('message', (packet) => out.send(packet, farPort, host));
    });
    process.stdout.write(`${JSON.stringify(sockets.map((socket) => socket.address().port))}\n`);
  }
  for (const socket of sockets) socket.close();
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4').bind(0, host);
  await once(socket, 'listening');
  return socket;
}

void main();
