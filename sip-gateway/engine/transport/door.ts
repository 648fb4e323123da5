// Flows whose connection another thread holds: the sockets of our own pages, which the server has let in with a person's log-in.
// Each is tied to the account of that log-in (receive.ts). Frames come and go as plain data, in byte text.

import type { Clock } from '../clock';
import { type FlowPlace, MessageFlow } from './message-flow';
import type { TransportUser } from './flow';
import type { LocalAddresses } from './local-address';

/** From the holder of the sockets. */
export type ToDoor =
  | {
      readonly type: 'flow-opened';
      readonly flow: number;
      readonly wire: 'ws' | 'wss';
      readonly remote: FlowPlace;
      readonly local: FlowPlace;
      readonly account: string;
    }
  | { readonly type: 'flow-read'; readonly flow: number; readonly text: string }
  | { readonly type: 'flow-closed'; readonly flow: number };

/** To the holder of the sockets. */
export type FromDoor =
  | { readonly type: 'flow-write'; readonly flow: number; readonly text: string }
  /** Hang up; `flow-closed` is the answer. */
  | { readonly type: 'flow-end'; readonly flow: number };

export interface DoorOptions {
  readonly clock: Clock;
  readonly addresses: LocalAddresses;
  readonly user: TransportUser;
  readonly post: (message: FromDoor) => void;
}

export class Door {
  private readonly options: DoorOptions;
  private readonly flows = new Map<number, MessageFlow>();

  constructor(options: DoorOptions) {
    this.options = options;
  }

  take(message: ToDoor): void {
    switch (message.type) {
      case 'flow-opened':
        this.flows.set(message.flow, this.opened(message));
        return;
      case 'flow-read':
        this.flows.get(message.flow)?.receive(message.text);
        return;
      case 'flow-closed': {
        const flow = this.flows.get(message.flow);
        this.flows.delete(message.flow);
        flow?.closed();
        return;
      }
    }
  }

  find(address: string, port: number): MessageFlow | undefined {
    for (const flow of this.flows.values())
      if (flow.remotePort === port && flow.remoteAddress === address && flow.isOpen) return flow;
    return undefined;
  }

  close(): void {
    for (const flow of this.flows.values()) flow.closed();
    this.flows.clear();
  }

  private opened({ flow, wire, remote, local, account }: Extract<ToDoor, { type: 'flow-opened' }>): MessageFlow {
    const { clock, user, addresses, post } = this.options;
    const advertised = () => addresses.advertisedFor(remote.address, local.address);
    return new MessageFlow(
      { wire, remote, local, advertised, account, clock, user },
      {
        send: (text) => {
          post({ type: 'flow-write', flow, text });
          return true;
        },
        abort: () => post({ type: 'flow-end', flow }),
      },
    );
  }
}
