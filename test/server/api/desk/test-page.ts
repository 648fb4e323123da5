/** A page of the desk as the server sees it: a WebSocket that keeps what it is told. */
import { once } from 'node:events';
import type { WebSocket } from 'ws';
import type { FromDesk, ToDesk } from '../../../../server/api/desk-messages';

type Said<Type extends ToDesk['type']> = Extract<ToDesk, { readonly type: Type }>;

export class TestPage {
  readonly socket: WebSocket;
  readonly told: ToDesk[] = [];
  /** With 1006 where the connection ended without a word. */
  readonly closed: Promise<number>;
  private readonly waiting = new Set<() => void>();

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = once(socket, 'close').then(([code]) => Number(code));
    socket.on('message', (bytes: Buffer) => {
      this.told.push(JSON.parse(bytes.toString()));
      for (const look of [...this.waiting]) look();
    });
  }

  /** Answers each question from now on, as a page does whose scripts run. */
  stayAwake(): this {
    this.socket.on('message', (bytes: Buffer) => {
      const { type, count } = JSON.parse(bytes.toString());
      if (type === 'are-you-there') this.say({ type: 'here', count });
    });
    return this;
  }

  say(message: FromDesk | object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first of what was told (or will be) that is so; it and all before are then done with. */
  async hear<Type extends ToDesk['type']>(
    type: Type,
    isSo: (message: Said<Type>) => boolean = () => true,
  ): Promise<Said<Type>> {
    const isIt = (message: ToDesk): message is Said<Type> => message.type === type && isSo(message as Said<Type>);
    return new Promise((resolve) => {
      const look = (): void => {
        const at = this.told.findIndex(isIt);
        const found = this.told[at];
        if (found === undefined || !isIt(found)) return;
        this.told.splice(0, at + 1);
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }
}
