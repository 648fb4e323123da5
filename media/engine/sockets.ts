/**
 * The two UDP sockets of a leg. Addresses are literal here (SDP names are not resolved), so look-up answers in the same
 * tick: Node's own would spend a tick on each packet.
 */
import { type RemoteInfo, type Socket, createSocket } from 'node:dgram';
import type { PortPool } from './ports';

export interface SocketPair {
  readonly rtpPort: number;
  readonly rtp: Socket;
  readonly rtcp: Socket;
}

/** False where a socket would throw instead of sending. */
export function canSendTo(port: number, host: string): boolean {
  return port > 0 && port < 65_536 && host !== '';
}

type Receive = (packet: Buffer, from: RemoteInfo) => void;

/** How many pairs that other programs hold are skipped in one attempt. */
const skippedMax = 1000;

/** Binds a pair of free ports; undefined when there is none. Nothing is left open then. */
export async function openPair(
  pool: PortPool,
  bindAddress: string,
  now: () => number,
): Promise<SocketPair | undefined> {
  for (let skipped = 0; skipped < skippedMax; skipped++) {
    const rtpPort = pool.take(now());
    if (rtpPort === undefined) return undefined;
    const rtp = await bound(rtpPort, bindAddress);
    const rtcp = rtp === undefined ? undefined : await bound(rtpPort + 1, bindAddress);
    if (rtp !== undefined && rtcp !== undefined) return { rtpPort, rtp, rtcp };
    rtp?.close();
    // Another program has it. It goes to the end of the queue and is tried again some day.
    pool.giveBack(rtpPort, now());
  }
  return undefined;
}

/** From now on what arrives goes to these two. */
export function listen(pair: SocketPair, onRtp: Receive, onRtcp: Receive): void {
  pair.rtp.on('message', onRtp);
  pair.rtcp.on('message', onRtcp);
}

/** Closes both; the port rests from now on. */
export function closePair(pair: SocketPair, pool: PortPool, nowMs: number): void {
  pair.rtp.close();
  pair.rtcp.close();
  pool.giveBack(pair.rtpPort, nowMs);
}

async function bound(port: number, address: string): Promise<Socket | undefined> {
  const type = address.includes(':') ? 'udp6' : 'udp4';
  const socket = createSocket({ type, ipv6Only: type === 'udp6', lookup: literal });
  return new Promise((resolve) => {
    socket.on('error', () => {
      // Only binding fails here: a send to nowhere (ICMP) is not an error of ours and the next packet is tried again.
      if (!bindingDone) {
        socket.close();
        resolve(undefined);
      }
      bindingDone = true;
    });
    let bindingDone = false;
    socket.bind(port, address, () => {
      bindingDone = true;
      resolve(socket);
    });
  });
}

function literal(
  host: string,
  options: { readonly family?: number | string | undefined } | number | undefined,
  answer: (error: null, address: string, family: number) => void,
): void {
  answer(null, host, host.includes(':') ? 6 : 4);
}
