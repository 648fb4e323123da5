/** One page's socket by itself, over a real connection: a reader that stalls, and one that reads again in time. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { DeskPage, type PageEnd } from '../../../../server/api/desk/desk-page';
import type { Entrant } from '../../../../server/api/open-sockets';
import { systemClock } from '../../../../server/clock';
import { defaultLimits } from '../../../../server/limits';

const here = { address: '127.0.0.1', port: 1 };
const entrant: Entrant = {
  asker: {
    by: 'cookie',
    userId: 'u1',
    name: 'A',
    role: 'operator',
    mustChangePassword: false,
    tokenHash: 'h',
    members: [],
  },
  userId: 'u1',
  loginId: 'h',
  isSecure: false,
  remote: here,
  local: here,
};
const limits = { ...defaultLimits.desk, waitingBytesMax: 200_000 };
const text = JSON.stringify({ type: 'calls', calls: ['x'.repeat(50_000)] });

async function withPage(body: (page: DeskPage, reader: WebSocket, ends: PageEnd[]) => Promise<void>): Promise<void> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new WebSocketServer({ server });
  const arrived = once(sockets, 'connection');
  const reader = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [socket] = (await arrived) as [WebSocket];
  const ends: PageEnd[] = [];
  const nothing = (): void => undefined;
  const told = {
    said: nothing,
    fellAsleep: nothing,
    wokeUp: nothing,
    gone: (_: DeskPage, why: PageEnd) => void ends.push(why),
  };
  const page = new DeskPage({ socket, entrant, clock: systemClock(), limits, told });
  await once(reader, 'open');
  try {
    await body(page, reader, ends);
  } finally {
    reader.terminate();
    if (ends.length === 0) await once(socket, 'close');
    sockets.close();
    server.close();
  }
}

test('a reader that stalls loses its socket: what waits for it stays below its limit and one message', () =>
  withPage(async (page, reader, ends) => {
    reader.pause();
    const closed = once(reader, 'close');
    let sent = 0;
    for (; ends.length === 0 && sent < 1000; sent += 1) {
      page.sendText(text);
      await new Promise(setImmediate);
    }
    expect(ends).toEqual(['slow']);
    expect(sent).toBeLessThan(1000);
    page.sendText(text);
    reader.resume();
    expect((await closed)[0]).toBe(1006);
  }));

test('a reader that goes on in time loses nothing', () =>
  withPage(async (page, reader, ends) => {
    let heard = 0;
    reader.on('message', () => (heard += 1));
    for (let sent = 1; sent <= 100; sent += 1) {
      page.sendText(text);
      while (heard < sent) await once(reader, 'message');
    }
    expect(heard).toBe(100);
    expect(ends).toEqual([]);
  }));
