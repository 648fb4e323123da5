// One set-up at a time for each checkout. The lock is a listening socket in Linux's abstract namespace: the kernel takes
// it away with the process, so a killed set-up leaves nothing behind that the next one would have to judge.
import net from 'node:net';
import { digestOf, root } from './place.mjs';

const socketPath = `\0trunkline-set-up-${digestOf(root)}`;

/** Runs `work` while no other set-up of this checkout runs; waits for the other one first. */
export async function alone(work) {
  let isTold = false;
  let lock = await tryLock();
  while (!lock) {
    if (!isTold) process.stdout.write('Set-up: another set-up of this checkout is running, waiting for it …\n');
    isTold = true;
    await otherEnds();
    lock = await tryLock();
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

function tryLock() {
  return new Promise((resolve, reject) => {
    const waiting = new Set();
    const server = net.createServer((socket) => {
      waiting.add(socket);
      socket.on('error', () => waiting.delete(socket));
    });
    server.on('error', (error) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen({ path: socketPath }, () => resolve({ release: () => release(server, waiting) }));
  });
}

function release(server, waiting) {
  server.close();
  for (const socket of waiting) socket.destroy();
}

/** Resolves when the set-up that holds the lock lets go of it or dies: either way the kernel closes our socket to it. */
function otherEnds() {
  return new Promise((resolve) => {
    const socket = net.connect({ path: socketPath });
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.resume();
  });
}
