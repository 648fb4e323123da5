/** The recorder dies and another takes its place: running recordings send their audio to it, by a real media worker. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { callIdOf, legIdOf } from '../../call-router/values/ids';
import type { ToRecorder } from '../../media/engine/messages';
import { MediaBench } from './media-bench';

const call = callIdOf('c1');
const leg = legIdOf(call, 1);
const recorders: MessagePort[] = [];

/** A recorder's end of a new channel; media gets the other. */
function newChannel(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  recorders.push(port1);
  return port2;
}
const recorder = (n: number): MessagePort => {
  const port = recorders[n];
  if (port === undefined) throw new Error('nobody asked for so many recorders');
  return port;
};

test('the rest of a recording goes to the new recorder, and the way to the old one is closed', async () => {
  const media = await MediaBench.start({ recorderPort: newChannel, rtpPorts: { from: 23_700, to: 23_799 } });
  try {
    media.run({ to: 'media', do: 'open-offering-leg', over: 'rtp', leg, codecs: ['PCMA'], towards: '127.0.0.1' });
    await media.happened('leg-opened', leg);
    media.run({ to: 'media', do: 'record', call, customer: leg, ours: leg });
    const closed = new Promise((done) => recorder(0).once('close', done));
    media.server?.renewRecorder();
    await closed;
    const last = new Promise<ToRecorder>((done) => recorder(1).once('message', done));
    media.run({ to: 'media', do: 'stop-recording', call });
    expect(await last).toMatchObject({ type: 'end', call });
  } finally {
    await media.stop();
    for (const port of recorders) port.close();
  }
});
