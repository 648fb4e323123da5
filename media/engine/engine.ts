/**
 * The RTP engine of one media worker: takes commands from the main thread, opens and closes legs, keeps the slow beat.
 * It decides nothing about calls. Whatever breaks costs the one leg it was done for, never the thread. `run` works in a worker thread and, for unit tests, in any thread with a fake clock.
 */
import type { RemoteInfo } from 'node:dgram';
import type { MessagePort } from 'node:worker_threads';
import { join, leave } from './bridge';
import type { EngineClock } from './clock';
import { housekeepingMs, lookAfter } from './housekeeping';
import { Leg, type Totals } from './leg';
import type { EngineCounters, EngineStart, FromEngine, ToEngine } from './messages';
import { Pacer } from './play';
import { PortPool } from './ports';
import { qualityOf } from './quality';
import { type ReceiveContext, receiveRtcp, receiveRtp } from './receive-rtp';
import { Recordings } from './recordings';
import { Rooms } from './rooms';
import { nextReportAtMs, sendReport } from './rtcp';
import { runLegCommand } from './run-leg-command';
import { closePair, listen, openPair } from './sockets';
import { errorOf } from './thrown';

/**
 * Starts the engine when the first message (`start`) comes; ends with `stop`, which closes the port. What is said in one turn
 * comes in one message.
 */
export function run(port: MessagePort, clock: EngineClock): void {
  port.once('message', (start: EngineStart) => {
    const engine = new Engine(start, clock, (message) => port.postMessage(message));
    port.on('message', (said: ToEngine | readonly ToEngine[]) => {
      for (const message of isList(said) ? said : [said]) {
        engine.obey(message);
        if (message.type === 'stop') port.close();
      }
    });
    port.postMessage({ type: 'started' } satisfies FromEngine);
  });
}

const isList = (said: ToEngine | readonly ToEngine[]): said is readonly ToEngine[] => Array.isArray(said);

type OnRecording = Extract<ToEngine, { type: 'record' | 'record-room' | 'pause-recording' | 'stop-recording' }>;
type OnRoom = Extract<ToEngine, { type: 'enter-room' | 'leave-room' }>;

class Engine {
  private readonly legs = new Map<string, Leg>();
  /** Being bound; a `close` meanwhile takes the leg out of here. */
  private readonly opening = new Set<string>();
  private readonly ports: PortPool;
  private readonly recordings: Recordings;
  private readonly rooms: Rooms;
  private readonly context: ReceiveContext;
  private readonly totals: Totals = {
    packetsReceived: 0,
    packetsSent: 0,
    strangers: 0,
    malformed: 0,
    blocksDropped: 0,
  };
  private readonly cancelBeat: () => void;

  constructor(start: EngineStart, clock: EngineClock, post: (message: FromEngine) => void) {
    this.ports = new PortPool(start.rtpPorts, start.portRestMs);
    const pacer = new Pacer(clock, { failed: (leg, error) => this.fail(leg.id, error), post });
    this.context = { clock, post, pacer, totals: this.totals };
    this.rooms = new Rooms(clock, (leg, error) => this.fail(leg.id, error));
    this.recordings = new Recordings(clock, this.totals, post);
    if (start.recorder !== undefined) this.recordings.connect(start.recorder);
    this.cancelBeat = clock.every(housekeepingMs, () => this.beat());
  }

  /** Never throws. */
  obey(message: ToEngine): void {
    try {
      this.carryOut(message);
    } catch (error) {
      this.fail(legOf(message), error);
    }
  }

  private carryOut(message: ToEngine): void {
    switch (message.type) {
      case 'open':
        void this.open(message.leg, message.bindAddress).catch((error: unknown) => this.fail(message.leg, error));
        return;
      case 'enter-room':
      case 'leave-room':
        this.carryOutOnRoom(message);
        return;
      case 'record':
      case 'record-room':
      case 'pause-recording':
      case 'stop-recording':
        this.carryOutOnRecording(message);
        return;
      case 'recorder':
        this.recordings.connect(message.recorder);
        return;
      case 'join':
      case 'separate':
        this.pair(message.type, this.legs.get(message.a), this.legs.get(message.b));
        return;
      case 'close':
        this.close(message.leg);
        return;
      case 'count':
        this.context.post({ type: 'counters', question: message.question, counters: this.counters() });
        return;
      case 'stop':
        this.stop();
        return;
      case 'start':
        return;
      default:
        runLegCommand(this.context, message, this.legs.get(message.leg));
    }
  }

  private carryOutOnRecording(message: OnRecording): void {
    if (message.type === 'pause-recording') this.recordings.pause(message.call);
    else if (message.type === 'stop-recording') this.recordings.stop(message.call);
    else if (message.type === 'record-room') this.recordings.recordRoom(message.call, this.legs.get(message.customer));
    else {
      const ours = message.ours === undefined ? undefined : this.legs.get(message.ours);
      this.recordings.record(message.call, this.legs.get(message.customer), ours);
    }
  }

  private carryOutOnRoom(message: OnRoom): void {
    const leg = this.legs.get(message.leg);
    if (leg === undefined) return;
    if (message.type === 'leave-room') {
      if (leg.room === message.room) this.rooms.leave(leg);
      return;
    }
    const isIn = this.rooms.enter(message.room, leg, message.role);
    if (isIn) leave(leg);
    else this.context.post({ type: 'failed', error: new RangeError('a room is full') });
  }

  private async open(id: string, bindAddress: string): Promise<void> {
    this.opening.add(id);
    const pair = await openPair(this.ports, bindAddress, this.context.clock.nowMs);
    const isWanted = this.opening.delete(id);
    if (pair === undefined) {
      this.context.post({ type: 'not-opened', leg: id });
      return;
    }
    const leg = new Leg(id, pair, { clock: this.context.clock, isLent: (port) => this.ports.isLent(port) });
    leg.reports.dueAtMs = nextReportAtMs(this.context.clock);
    this.legs.set(id, leg);
    if (!isWanted) {
      this.close(id);
      return;
    }
    listen(pair, this.receiving(leg, receiveRtp), this.receiving(leg, receiveRtcp));
    this.context.post({ type: 'opened', leg: id, rtpPort: pair.rtpPort, ssrc: leg.out.ssrc });
  }

  private close(id: string): void {
    if (this.opening.delete(id)) return;
    const leg = this.legs.get(id);
    if (leg === undefined) return;
    sendReport(leg, this.context.clock, 'last-words');
    leave(leg);
    this.forget(leg);
    this.context.post({ type: 'closed', leg: id, quality: qualityOf(leg) });
  }

  private pair(how: 'join' | 'separate', a?: Leg, b?: Leg): void {
    if (a === undefined || b === undefined) return;
    if (how === 'join') {
      this.rooms.leave(a);
      this.rooms.leave(b);
      join(a, b);
    } else if (a.peer === b) leave(a);
  }

  private beat(): void {
    const now = this.context.clock.nowMs();
    for (const leg of this.legs.values()) this.lookAfter(leg, now);
    this.recordings.flush(now);
  }

  private lookAfter(leg: Leg, now: number): void {
    try {
      lookAfter(this.context, leg, now);
    } catch (error) {
      this.fail(leg.id, error);
    }
  }

  private receiving(leg: Leg, receive: typeof receiveRtp): (packet: Buffer, from: RemoteInfo) => void {
    return (packet, from) => {
      try {
        receive(this.context, leg, packet, from);
      } catch (error) {
        this.fail(leg.id, error);
      }
    };
  }

  /** The leg is lost; nothing is said to its far end any more. */
  private fail(id: string | undefined, thrown: unknown): void {
    const error = errorOf(thrown);
    this.context.post(id === undefined ? { type: 'failed', error } : { type: 'failed', leg: id, error });
    if (id === undefined || this.opening.delete(id)) return;
    const leg = this.legs.get(id);
    if (leg === undefined) return;
    leave(leg);
    this.forget(leg);
  }

  private forget(leg: Leg): void {
    this.context.pacer.forget(leg);
    this.rooms.leave(leg);
    leg.closeCodecs();
    this.legs.delete(leg.id);
    this.totals.packetsSent += leg.out.packets;
    closePair(leg.sockets, this.ports, this.context.clock.nowMs());
  }

  private stop(): void {
    this.cancelBeat();
    this.recordings.stopAll();
    this.recordings.disconnect();
    for (const id of this.legs.keys()) this.obey({ type: 'close', leg: id });
    this.opening.clear();
    this.context.post({ type: 'stopped' });
  }

  private counters(): EngineCounters {
    const { free, resting } = this.ports.count(this.context.clock.nowMs());
    let packetsSent = this.totals.packetsSent;
    for (const leg of this.legs.values()) packetsSent += leg.out.packets;
    const sockets = (this.legs.size + this.opening.size) * 2;
    const recordings = this.recordings.size;
    const rooms = this.rooms.size;
    return {
      ...this.totals,
      packetsSent,
      legs: this.legs.size,
      sockets,
      portsFree: free,
      portsResting: resting,
      recordings,
      rooms,
    };
  }
}

/** The leg that pays when the command fails. */
function legOf(message: ToEngine): string | undefined {
  if ('leg' in message) return message.leg;
  return 'a' in message ? message.a : undefined;
}
