/** When the page's desk socket is tried again, with a clock that the test moves and wires that it breaks. */
import type { FromDesk, ToDesk } from '../../../server/api/desk-messages';
import { DeskSocket, type WireListener } from '../../../softphone/src/api/desk-socket';
import { retryDelayMs } from '../../../softphone/src/api/desk-socket-retry';

const welcome: ToDesk = { type: 'welcome', userId: 'u1' };

interface Bench {
  readonly socket: DeskSocket;
  readonly states: string[];
  readonly wires: { readonly listener: WireListener; readonly sent: FromDesk[]; closed: boolean }[];
  /** The newest wire says this. */
  readonly says: (message: ToDesk) => void;
  /** The newest wire ends. */
  readonly ends: (code?: number) => void;
  readonly pass: (ms: number) => void;
}

function bench(chance = 0.5): Bench {
  const timers = new Map<number, { readonly at: number; readonly task: () => void }>();
  const wires: Bench['wires'] = [];
  let now = 0;
  let nextTimer = 0;
  const socket = new DeskSocket({
    connect(listener) {
      const wire = { listener, sent: [] as FromDesk[], closed: false };
      wires.push(wire);
      return {
        send: (text) => void wire.sent.push(JSON.parse(text)),
        close: () => {
          wire.closed = true;
        },
      };
    },
    after(delayMs, task) {
      const id = nextTimer++;
      timers.set(id, { at: now + delayMs, task });
      return () => void timers.delete(id);
    },
    chance: () => chance,
  });
  const states: string[] = [];
  socket.watch(() => states.push(socket.state()));
  const pass = (ms: number): void => {
    const until = now + ms;
    for (;;) {
      const [due] = [...timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at);
      if (due === undefined) break;
      timers.delete(due[0]);
      now = due[1].at;
      due[1].task();
    }
    now = until;
  };
  return {
    socket,
    states,
    wires,
    pass,
    says: (message) => wires.at(-1)?.listener.text(JSON.stringify(message)),
    ends: (code = 1006) => wires.at(-1)?.listener.closed(code),
  };
}

test('it is open when the server has said welcome, and stays so while the server speaks', () => {
  const { socket, states, wires, says, pass } = bench();
  socket.open();
  socket.open();
  expect(wires).toHaveLength(1);
  says(welcome);
  for (let count = 1; count <= 10; count += 1) {
    pass(10_000);
    says({ type: 'are-you-there', count });
  }
  expect(states).toEqual(['opening', 'open']);
  expect(wires[0]?.sent).toEqual(Array.from({ length: 10 }, (_, at) => ({ type: 'here', count: at + 1 })));
});

test('a lost socket is tried again within a second, then less often, never later than four seconds', () => {
  for (const chance of [0, 0.5, 1]) {
    const { socket, wires, says, ends, pass } = bench(chance);
    socket.open();
    says(welcome);
    ends();
    pass(1_000);
    expect(wires).toHaveLength(2);
    for (let attempts = 2; attempts < 20; attempts += 1) {
      ends();
      expect(socket.state()).toBe('waiting');
      pass(4_000);
      expect(wires.length).toBeGreaterThan(attempts);
    }
  }
});

test('after it was open again the first wait is short again', () => {
  const { socket, wires, says, ends, pass } = bench(1);
  socket.open();
  for (let attempts = 1; attempts <= 5; attempts += 1) {
    ends();
    pass(4_000);
  }
  expect(wires).toHaveLength(6);
  says(welcome);
  ends();
  pass(1_000);
  expect(wires).toHaveLength(7);
});

test('two hundred pages come back spread over the time, all of them within five seconds', () => {
  const delays = Array.from({ length: 200 }, (_, page) => retryDelayMs(5, page / 200));
  expect(Math.max(...delays)).toBeLessThan(4_500);
  const perTenth = new Map<number, number>();
  for (const delay of delays) perTenth.set(Math.floor(delay / 100), (perTenth.get(Math.floor(delay / 100)) ?? 0) + 1);
  expect(Math.max(...perTenth.values())).toBeLessThanOrEqual(8);
});

test('an attempt that brings no welcome is given up', () => {
  const { socket, wires, pass, states } = bench(0);
  socket.open();
  pass(4_000);
  expect(wires[0]?.closed).toBe(true);
  expect(states).toEqual(['opening', 'waiting']);
});

test('a server that says nothing for 25 s is lost, and what its wire says later is nobody’s', () => {
  const { socket, wires, says, pass } = bench(0);
  const heard: string[] = [];
  socket.subscribe(({ type }) => heard.push(type));
  socket.open();
  says(welcome);
  pass(25_000);
  expect(socket.state()).toBe('waiting');
  wires[0]?.listener.text(JSON.stringify({ type: 'calls', calls: [] }));
  wires[0]?.listener.closed(1006);
  expect(heard).toEqual(['welcome']);
  pass(100);
  expect(wires).toHaveLength(2);
});

test('an ended log-in closes it for good; changed rights and a stopping server do not', () => {
  const ended = bench();
  ended.socket.open();
  ended.says(welcome);
  ended.ends(4401);
  ended.pass(60_000);
  expect(ended.socket.state()).toBe('closed');
  expect(ended.wires).toHaveLength(1);
  for (const code of [4403, 1001]) {
    const changed = bench();
    changed.socket.open();
    changed.says(welcome);
    changed.ends(code);
    changed.pass(1_000);
    expect(changed.wires).toHaveLength(2);
  }
});

test('a log-out while an attempt waits ends the waiting', () => {
  const { socket, wires, ends, pass } = bench();
  socket.open();
  ends();
  socket.close();
  pass(60_000);
  expect(wires).toHaveLength(1);
  expect(socket.state()).toBe('closed');
});

test('the network going and coming is not waited for', () => {
  const { socket, wires, says } = bench();
  socket.open();
  says(welcome);
  socket.noteNetworkLost();
  expect(socket.state()).toBe('waiting');
  expect(wires[0]?.closed).toBe(true);
  socket.retryNow();
  expect(wires).toHaveLength(2);
  says(welcome);
  socket.retryNow();
  expect(wires).toHaveLength(2);
});

test('who subscribes late hears the welcome that was; nothing is sent before it', () => {
  const { socket, wires, says, ends } = bench();
  const heard: ToDesk[] = [];
  socket.send({ type: 'watch-quality', callId: 'c1' });
  socket.open();
  socket.send({ type: 'watch-quality', callId: 'c1' });
  says(welcome);
  socket.send({ type: 'watch-quality', callId: 'c2' });
  expect(wires[0]?.sent).toEqual([{ type: 'watch-quality', callId: 'c2' }]);
  const stop = socket.subscribe((message) => heard.push(message));
  expect(heard).toEqual([welcome]);
  stop();
  says({ type: 'calls', calls: [] });
  ends();
  socket.subscribe((message) => heard.push(message));
  expect(heard).toEqual([welcome]);
});
