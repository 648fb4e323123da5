/**
 * Whose RTP a leg takes (symmetric RTP, RFC 4961): latched in the first packets, only on an address that SDP or
 * signalling made plausible, then locked to that address, port and SSRC until a new description. Whatever else arrives
 * is a stranger's ("RTP bleed") and is dropped.
 *
 *   open ──plausible packet──▶ locked ──new description──▶ open
 *             locked on another port than described: within the first packets the described one takes over
 */
import type { Address } from './messages';

/** In so many packets after locking, the very address of the description may still take over. */
const takeOverPackets = 25;
/** The far end may begin a new stream (SSRC) from the locked address when the old one was silent so long. */
const newStreamAfterMs = 100;

/** `locked`: the same source as before a new description; `new-source`: another. */
export type Verdict = 'known' | 'locked' | 'new-source' | 'stranger';

export class SourceLock {
  host = '';
  port = 0;
  ssrc = -1;
  isLocked = false;
  private lastAtMs = 0;
  private packetsSinceLock = 0;
  private plausible: readonly string[] = [];
  private described: Address | undefined;
  private own: readonly string[] = [];
  private readonly isLent: (port: number) => boolean;

  /** @param isLent a leg of this engine holds the port now. */
  constructor(isLent: (port: number) => boolean) {
    this.isLent = isLent;
  }

  /** A new description: the next packet from a plausible address decides again. */
  open(plausible: readonly string[], described: Address | undefined, own: readonly string[] = []): void {
    this.own = own;
    this.plausible = plausible;
    this.described = described;
    this.isLocked = false;
  }

  /** Called for each packet. */
  judge(host: string, port: number, ssrc: number, nowMs: number): Verdict {
    if (this.isLocked && ssrc === this.ssrc && port === this.port && host === this.host) {
      this.lastAtMs = nowMs;
      this.packetsSinceLock++;
      return 'known';
    }
    return this.judgeOther(host, port, ssrc, nowMs);
  }

  private judgeOther(host: string, port: number, ssrc: number, nowMs: number): Verdict {
    const isSameAddress = host === this.host && port === this.port;
    if (this.isLocked && isSameAddress) {
      return nowMs - this.lastAtMs >= newStreamAfterMs ? this.lock(host, port, ssrc, nowMs) : 'stranger';
    }
    if (this.isLocked) return this.takesOver(host, port) ? this.lock(host, port, ssrc, nowMs) : 'stranger';
    if (!this.plausible.includes(host) || this.isOwn(host, port)) return 'stranger';
    return this.lock(host, port, ssrc, nowMs);
  }

  /** Another leg of ours: the two would feed each other. */
  isOwn(host: string, port: number): boolean {
    return this.own.includes(host) && this.isLent(port);
  }

  private takesOver(host: string, port: number): boolean {
    return this.packetsSinceLock < takeOverPackets && host === this.described?.host && port === this.described.port;
  }

  private lock(host: string, port: number, ssrc: number, nowMs: number): Verdict {
    const isSame = ssrc === this.ssrc && port === this.port && host === this.host;
    this.host = host;
    this.port = port;
    this.ssrc = ssrc;
    this.isLocked = true;
    this.lastAtMs = nowMs;
    this.packetsSinceLock = 0;
    return isSame ? 'locked' : 'new-source';
  }
}
