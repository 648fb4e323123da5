/**
 * A provider that speaks: SIPp does the signalling, and the description it sends names an RTP end of the test's own, which says a
 * tone and keeps what it hears.
 */
import { Speaker } from '../../demo/phone/speaker';
import { levelAt } from '../audio/goertzel';
import { lately, pause, tone } from '../service/call-tools';
import { clock } from '../service/running-office';
import { Sipp } from './run-sipp';
import * as step from './scenarios';
import { sippCallee } from './sipp-callee';

export interface SippTrunkSettings {
  readonly service: { readonly host: string; readonly port: number };
  /** Where the trunk is known to be. */
  readonly port: number;
  readonly toneHz: number;
}

const hearsWithinMs = 10_000;
const fine = { exitCode: 0, errors: '' };
const byeComes = [step.expectRequest('BYE'), step.respondInDialog()];

export class SippTrunk {
  private readonly settings: SippTrunkSettings;
  private readonly calls: TrunkCall[] = [];

  constructor(settings: SippTrunkSettings) {
    this.settings = settings;
  }

  /** Calls that number of ours; the far end hangs up. */
  async call(dialled: string, from: string): Promise<TrunkCall> {
    const { service, port } = this.settings;
    const voice = await Speaker.open('PCMA', clock);
    const sipp = new Sipp({
      steps: [
        step.invite({ from, sdp: descriptionAt(voice.port) }),
        ...[step.maybe(100), step.maybe(180), step.maybe(183)],
        `<recv response="200" rrs="true"><action>${mediaOfBody(1)}<log message="media [$1]"/></action></recv>`,
        step.inDialog('ACK', 1, from),
        ...byeComes,
      ].join('\n'),
      target: service,
      localPort: port,
      dialled,
    });
    return this.begun(sipp, voice, 'media');
  }

  /** Answers the next call that comes. Resolves when it listens. */
  async isCalled(): Promise<TrunkCall> {
    const voice = await Speaker.open('PCMA', clock);
    const answer = step.respond('200 OK', { sdp: descriptionAt(voice.port) });
    const steps = [step.respond('180 Ringing'), answer, step.expectRequest('ACK'), ...byeComes];
    return this.begun(await sippCallee(this.settings.port, steps), voice, 'called');
  }

  async close(): Promise<void> {
    await Promise.all(this.calls.map((call) => call.close()));
  }

  private begun(sipp: Sipp, voice: Speaker, word: string): TrunkCall {
    const call = new TrunkCall({ sipp, voice, word, toneHz: this.settings.toneHz });
    this.calls.push(call);
    return call;
  }
}

interface CallParts {
  readonly sipp: Sipp;
  readonly voice: Speaker;
  /** Of the line of SIPp's log that has the far end's description. */
  readonly word: string;
  readonly toneHz: number;
}

export class TrunkCall {
  private readonly parts: CallParts;
  private isOver = false;

  constructor(parts: CallParts) {
    this.parts = parts;
  }

  /** Says its tone from now on. */
  async answered(): Promise<void> {
    const { sipp, voice, word, toneHz } = this.parts;
    const line = await sipp.logged(word);
    voice.connect(`c=IN IP4 127.0.0.1\r\n${/m=audio \d+/.exec(line)?.[0]}`);
    voice.say(tone(toneHz));
  }

  /** Waits until it hears this tone, and its own not at all. */
  async hears(hz: number): Promise<void> {
    const { voice, toneHz } = this.parts;
    const giveUpAt = clock.now() + hearsWithinMs;
    for (;;) {
      const heard = lately(voice.heard());
      const [wanted, own] = [levelAt(hz, heard), levelAt(toneHz, heard)];
      if (wanted > -30 && own < -45) return;
      if (clock.now() > giveUpAt)
        throw new Error(`heard ${wanted.toFixed(0)} dBFS of it, ${own.toFixed(0)} of its own`);
      await pause(100);
    }
  }

  /** The far end has hung up; all went as the scenario says. */
  async ended(): Promise<void> {
    const { sipp, voice, word } = this.parts;
    this.isOver = true;
    expect(word === 'called' ? await sipp.finish() : await sipp.result()).toEqual(fine);
    voice.close();
  }

  async close(): Promise<void> {
    if (this.isOver) return;
    this.parts.voice.close();
    await this.parts.sipp.stop();
  }
}

const mediaOfBody = (variable: number): string =>
  `<ereg regexp="m=audio [0-9]+" search_in="body" assign_to="${variable}"/>`;

const descriptionAt = (port: number): string => step.answerSdp.replace('[media_port]', String(port));
