/** A bare phone over WebSocket (RFC 7118), as a page is: it names itself by a name that leads nowhere but down its own connection. */
import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import { parse, RawPhone } from './raw-phone';

export interface WsPhone {
  readonly phone: RawPhone;
  readonly socket: WebSocket;
  /** The code it is closed with. */
  closed(): Promise<number>;
  /** Its connection is cut, and the other end knows. */
  cut(): Promise<void>;
}

let phones = 0;

export interface WsPhoneOptions extends Pick<ClientOptions, 'headers' | 'ca'> {
  readonly name?: string;
}

export async function openWsPhone(url: string, { name, ...options }: WsPhoneOptions = {}): Promise<WsPhone> {
  const socket = new WebSocket(url, ['sip'], options);
  const closing = new Promise<number>((resolve) => socket.once('close', resolve));
  const phone = new RawPhone({
    transport: 'WS',
    address: name ?? `p${++phones}.invalid`,
    port: 0,
    send: (text) => socket.send(text),
    close: async () => {
      socket.terminate();
      await closing;
    },
  });
  socket.on('message', (bytes: Buffer) => phone.receive(parse(bytes.toString())));
  await once(socket, 'open');
  socket.on('error', () => undefined);
  return {
    phone,
    socket,
    closed: () => closing,
    cut: () => phone.close(),
  };
}
