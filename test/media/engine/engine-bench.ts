/** The engine in this thread, with a clock moved by hand, real UDP sockets and a recorder that is a list. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { run } from '../../../media/engine/engine';
import type { EngineCounters, FromEngine, LegSetting, ToEngine, ToRecorder } from '../../../media/engine/messages';
import { FakeMediaClock } from '../../fakes/media-clock';
import { until } from '../media-bench';
import type { RtpEnd } from '../rtp-end';

type Said<Type> = Extract<FromEngine, { type: Type }>;

export class EngineBench {
  readonly clock = new FakeMediaClock();
  readonly said: FromEngine[] = [];
  readonly recorded: ToRecorder[] = [];
  private readonly port: MessagePort;
  private readonly recorder: MessagePort;
  private questions = 0;
  private readonly ends = new Set<RtpEnd>();
  /** Asked to look again at each word of the engine. */
  private readonly waiting: (() => void)[] = [];

  constructor(rtpPorts: readonly number[], portRestMs = 4000) {
    const engine = new MessageChannel();
    const recorder = new MessageChannel();
    this.port = engine.port2;
    this.recorder = recorder.port2;
    this.port.on('message', (message: FromEngine) => {
      this.said.push(message);
      for (const look of this.waiting.splice(0)) look();
    });
    this.recorder.on('message', (message: ToRecorder) => this.recorded.push(message));
    run(engine.port1, this.clock);
    this.port.postMessage({ type: 'start', rtpPorts, portRestMs, recorder: recorder.port1 } satisfies ToEngine, [
      recorder.port1,
    ]);
  }

  tell(message: ToEngine): void {
    this.port.postMessage(message);
  }

  async heard<Type extends FromEngine['type']>(type: Type, leg?: string): Promise<Said<Type>> {
    const find = () =>
      this.said.findIndex((one) => one.type === type && (leg === undefined || ('leg' in one && one.leg === leg)));
    while (find() < 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    const [one] = this.said.splice(find(), 1);
    return one as Said<Type>;
  }

  /** A leg towards this end, set as if both had agreed on its law. Returns our RTP port. */
  async leg(id: string, end: RtpEnd, more: Partial<LegSetting> = {}): Promise<number> {
    this.tell({ type: 'open', leg: id, bindAddress: '127.0.0.1' });
    const { rtpPort } = await this.heard('opened', id);
    this.tell({ type: 'set', leg: id, setting: { ...settingOf(end), ...more } });
    await this.counters();
    this.ends.add(end);
    return rtpPort;
  }

  /** Also: everything told before has been done. */
  async counters(): Promise<EngineCounters> {
    this.tell({ type: 'count', question: ++this.questions });
    return (await this.heard('counters')).counters;
  }

  /** Everything sent up to now has come to the far ends. */
  async arrived(): Promise<void> {
    const { packetsSent } = await this.counters();
    await until(() => [...this.ends].reduce((sum, { received }) => sum + received, 0) >= packetsSent);
  }

  async stop(): Promise<void> {
    this.tell({ type: 'stop' });
    await this.heard('stopped');
    this.port.close();
    this.recorder.close();
  }
}

export function settingOf(end: RtpEnd): LegSetting {
  const sends = { payloadType: end.law === 'PCMA' ? 8 : 0, codec: end.law };
  return {
    rtp: { host: '127.0.0.1', port: end.port },
    rtcp: { host: '127.0.0.1', port: end.rtcpPort },
    rtcpMux: false,
    plausible: ['127.0.0.1'],
    receives: [sends, { payloadType: 101, codec: 'telephone-event' }],
    sends,
    digitsPayloadType: 101,
    farHears: true,
    farSpeaks: true,
  };
}
