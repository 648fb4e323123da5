/**
 * The sockets of our own pages, which the server holds, as flows of the engine: text frames go to its thread and come back as
 * plain data. When the engine's thread ends, so do they, and the pages come back by themselves.
 */
import type { FromDoor, ToDoor } from './engine/transport/door';

/** A socket that the server has let in. */
export interface DoorSocket {
  readonly wire: 'ws' | 'wss';
  readonly remote: { readonly address: string; readonly port: number };
  readonly local: { readonly address: string; readonly port: number };
  /** The one account that may speak on it. */
  readonly account: string;
  /** One message for the page, in byte text (each character one byte). */
  readonly write: (text: string) => void;
  readonly end: () => void;
}

export interface DoorFlow {
  /** One frame has come from the page, in byte text. */
  read(text: string): void;
  closed(): void;
}

export class FlowDoor {
  private readonly sockets = new Map<number, DoorSocket>();
  private readonly post: (message: ToDoor) => void;
  private last = 0;

  constructor(post: (message: ToDoor) => void) {
    this.post = post;
  }

  open(socket: DoorSocket): DoorFlow {
    const flow = ++this.last;
    const { wire, remote, local, account } = socket;
    this.sockets.set(flow, socket);
    this.post({ type: 'flow-opened', flow, wire, remote, local, account });
    return {
      read: (text) => {
        if (this.sockets.has(flow)) this.post({ type: 'flow-read', flow, text });
      },
      closed: () => {
        if (this.sockets.delete(flow)) this.post({ type: 'flow-closed', flow });
      },
    };
  }

  take(message: FromDoor): void {
    const socket = this.sockets.get(message.flow);
    if (message.type === 'flow-write') socket?.write(message.text);
    else socket?.end();
  }

  /** The engine is gone. */
  endAll(): void {
    const sockets = [...this.sockets.values()];
    this.sockets.clear();
    for (const { end } of sockets) end();
  }
}
