/** Writes to one socket in one turn of the loop leave together: at many calls a second the system calls cost most of all. */
import type { Socket } from 'node:net';

/** To be called before a write. */
export function gatherWrites(socket: Socket): void {
  if (socket.writableCorked > 0) return;
  socket.cork();
  setImmediate(() => socket.uncork());
}
