/** A desk hub on a router whose worlds are played by hand (fakes/pbx.ts), and pages that keep what they are told. */
import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import type { PbxEvent } from '../../../../call-router/event';
import { epochMs } from '../../../../call-router/values/ids';
import { DeskHub } from '../../../../server/api/desk/desk-hub';
import type { AskReading } from '../../../../server/api/deps';
import type { FromDesk, ToDesk } from '../../../../server/api/desk-messages';
import type { Role } from '../../../../server/api/messages';
import { defaultLimits } from '../../../../server/limits';
import { openMetrics } from '../../../../server/metrics';
import { Player } from '../../../scenarios/transcript';
import { FakeClock } from '../../../sip-gateway/fake-clock';

/** The far end of a page's socket: the browser, which is outside of us. */
class FakeSocket extends EventEmitter {
  readonly readyState = 1;
  readonly bufferedAmount = 0;
  readonly told: ToDesk[] = [];

  send(text: string): void {
    this.told.push(JSON.parse(text));
  }

  close(): void {
    this.emit('close');
  }
}

export class PlayedPage {
  private readonly socket: FakeSocket;

  constructor(socket: FakeSocket) {
    this.socket = socket;
  }

  /** All since the last look, but questions whether it is there. */
  take(): readonly ToDesk[] {
    return this.socket.told.splice(0).filter(({ type }) => type !== 'are-you-there');
  }

  /** The same of one kind. */
  takeOf<Type extends ToDesk['type']>(type: Type): readonly Extract<ToDesk, { readonly type: Type }>[] {
    const isIt = (message: ToDesk): message is Extract<ToDesk, { readonly type: Type }> => message.type === type;
    return this.take().filter(isIt);
  }

  say(message: FromDesk): void {
    this.socket.emit('message', Buffer.from(JSON.stringify(message)), false);
  }

  leave(): void {
    this.socket.close();
  }
}

/** Its clock and the router's are two: the first moves the ticks, `pass` in a line of the transcript the other. */
export class PlayedDesk {
  readonly player = new Player();
  readonly clock = new FakeClock();
  readonly hub: DeskHub;
  private pages = 0;
  private movedMs = 0;

  /** @param setUp lines before anybody looks. */
  constructor(reading: AskReading, ...setUp: readonly string[]) {
    for (const line of setUp) this.player.happen(line);
    const { board } = this.player.pbx;
    this.hub = new DeskHub({
      view: board.view,
      clock: {
        now: () => epochMs(this.player.pbx.now() + this.movedMs),
        after: (ms, fire) => this.clock.after(ms, fire),
        every: (ms, fire) => this.every(ms, fire),
      },
      reading,
      limits: defaultLimits.desk,
      metrics: openMetrics(),
      log: {
        warn: (fields, message) => {
          throw new Error(`${message}: ${JSON.stringify(fields)}`);
        },
      },
      phones: { lease: () => undefined, release: () => undefined, end: () => undefined },
      watchQuality: () => undefined,
    });
    board.observe(this.hub.observe);
  }

  page(extension: string, role: Role = 'operator'): PlayedPage {
    const socket = new FakeSocket();
    const userId = `u${extension}`;
    this.pages += 1;
    const loginId = `login ${this.pages}`;
    const place = { address: '192.0.2.50', port: 1 };
    const asker = { by: 'cookie', userId, name: userId, role, mustChangePassword: false, tokenHash: loginId } as const;
    const entrant = { asker: { ...asker, members: [] }, userId, loginId, isSecure: true, remote: place, local: place };
    this.hub.route().opened(socket as unknown as WebSocket, entrant); // as much of a WebSocket as a page's is used
    return new PlayedPage(socket);
  }

  happen(...lines: readonly string[]): void {
    for (const line of lines) {
      this.player.happen(line);
      for (const effect of this.player.pbx.takeEffects())
        if (effect.to === 'desk' && effect.do === 'offer-resume') this.hub.offerResume(effect);
    }
  }

  post(event: Parameters<Player['pbx']['post']>[0] & Pick<PbxEvent, 'type'>): void {
    this.player.pbx.post(event);
  }

  /** What is due by then is told. */
  forward(ms: number): void {
    this.movedMs += ms;
    this.clock.forward(ms);
  }

  private every(ms: number, fire: () => void): () => void {
    let cancel = (): void => undefined;
    const next = (): void => {
      cancel = this.clock.after(ms, () => {
        next();
        fire();
      });
    };
    next();
    return () => cancel();
  }
}
