/** Far ends on an engine whose time the tests move: they speak and press keys at its pace, and what came in is done. */
import { keyPayloads } from '../keys';
import { RtpEnd } from '../rtp-end';
import { EngineBench, settingOf } from './engine-bench';

export interface FarEnd {
  readonly leg: string;
  readonly end: RtpEnd;
  /** Our RTP port towards it. */
  readonly to: number;
}

export class JoinedEnds {
  readonly engine: EngineBench;
  private readonly ends: RtpEnd[] = [];

  constructor(firstPort: number, ports = 20) {
    this.engine = new EngineBench(Array.from({ length: ports }, (_, i) => firstPort + i * 2));
  }

  async open(leg: string, law: 'PCMA' | 'PCMU' = 'PCMA'): Promise<FarEnd> {
    const end = await RtpEnd.open(law);
    this.ends.push(end);
    return { leg, end, to: await this.engine.leg(leg, end) };
  }

  /** Tells the engine, and waits until it is done. */
  async tell(...messages: Parameters<EngineBench['tell']>[0][]): Promise<void> {
    for (const message of messages) this.engine.tell(message);
    await this.engine.counters();
  }

  /** This far end wants to hear nothing. */
  async hold({ leg, end }: FarEnd): Promise<void> {
    await this.tell({ type: 'set', leg, setting: { ...settingOf(end), farHears: false } });
  }

  async join(a: FarEnd, b: FarEnd): Promise<void> {
    await this.tell({ type: 'join', a: a.leg, b: b.leg });
  }

  /** All of them speak so many packets, each at its frequency, 20 ms apart. */
  async speak(packets: number, ...who: readonly (readonly [FarEnd, number])[]): Promise<void> {
    for (let i = 0; i < packets; i++) {
      const before = (await this.engine.counters()).packetsReceived;
      for (const [{ end, to }, frequencyHz] of who) end.speak(to, frequencyHz);
      while ((await this.engine.counters()).packetsReceived < before + who.length);
      this.engine.clock.advance(20);
    }
    await this.engine.arrived();
  }

  /** Sends these payloads of one press, 20 ms apart. Its RTP time stands still meanwhile. */
  async sendKey({ end, to }: FarEnd, payloads: readonly Buffer[]): Promise<void> {
    for (const payload of payloads) {
      const before = (await this.engine.counters()).packetsReceived;
      end.send(to, 101, payload);
      while ((await this.engine.counters()).packetsReceived === before);
      this.engine.clock.advance(20);
    }
  }

  /** Presses these keys one after the other, with a pause of 100 ms behind each. */
  async press(who: FarEnd, keys: string, durationMs = 80): Promise<void> {
    for (const key of keys) {
      const payloads = keyPayloads(key, durationMs);
      await this.sendKey(who, payloads);
      this.engine.clock.advance(100);
      who.end.timestamp = (who.end.timestamp + payloads.length * 160 + 800) >>> 0;
    }
  }

  /** Time passes; everything sent in it has arrived. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 20) {
      this.engine.clock.advance(20);
      await this.engine.counters();
    }
    await this.engine.arrived();
  }

  /** `*` withheld and so on: what the engine told of keys since it was asked last. */
  told(): readonly string[] {
    const told = this.engine.said.flatMap((one) => (one.type === 'digit' ? [one] : []));
    this.engine.said.splice(0);
    return told.map(({ digit, durationMs, withheld }) => `${digit} ${durationMs} ms${withheld ? ' withheld' : ''}`);
  }

  async stop(): Promise<void> {
    for (const end of this.ends.splice(0)) end.close();
    await this.engine.stop();
  }
}
