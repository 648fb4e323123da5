// The engine as the service runs it: in its worker thread, from the compiled files.

import { createSocket } from 'node:dgram';
import { startSipEngine } from '../../sip-gateway/start-engine';
import { connectApp } from './engine/srf-app';

const listen = [{ transport: 'udp', host: '127.0.0.1', port: 0 }] as const;

test('starts on free ports, serves an application and a peer, counts, bans, and stops', async () => {
  const engine = await startSipEngine({ listen });
  const exits: string[] = [];
  engine.onExit((problem) => exits.push(problem));
  const port = Number(/udp\/127\.0\.0\.1:(\d+)/.exec(engine.localHostports)?.[1]);
  const srf = await connectApp(engine);
  srf.options((_req, res) => res.send(200));
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const answers: string[] = [];
  const heard = new Promise<void>((resolve) => {
    socket.on('message', (bytes) => {
      answers.push(bytes.toString());
      if (bytes.toString().startsWith('SIP/2.0 200')) resolve();
    });
  });
  const options = `OPTIONS sip:x SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${socket.address().port};branch=z9hG4bKw\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:x@y>\r\nCall-ID: w\r\nCSeq: 1 OPTIONS\r\n\r\n`;
  // The route may not have reached the other thread yet: then the answer is 503, and the next try is another transaction.
  for (let round = 0; !answers.some((answer) => answer.startsWith('SIP/2.0 200')); round++) {
    const before = answers.length;
    socket.send(options.replace('z9hG4bKw', `z9hG4bKw${round}`), port, '127.0.0.1');
    while (answers.length === before) await new Promise((resolve) => setImmediate(resolve));
  }
  await heard;
  expect((await engine.counters()).messagesReceived).toBeGreaterThan(0);
  engine.ban('127.0.0.1', 60_000);
  expect((await engine.counters()).garbage).toBe(0);
  socket.close();
  srf.disconnect();
  await engine.stop();
  expect(exits).toEqual([]);
});

test('a port in use stops the start with the reason', async () => {
  const taken = createSocket('udp4');
  await new Promise<void>((resolve) => taken.bind(0, '127.0.0.1', resolve));
  const { port } = taken.address();
  await expect(startSipEngine({ listen: [{ transport: 'udp', host: '127.0.0.1', port }] })).rejects.toThrow(
    'EADDRINUSE',
  );
  taken.close();
});
