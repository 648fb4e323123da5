// A process with the real recorder thread (from dist/), killed by recovery.test.ts in the middle of three recordings.
// Each credit is answered with the next block; every tenth of one call is told on the standard output.
const { MessageChannel } = require('node:worker_threads');
const path = require('node:path');
const { startRecordings } = require(path.resolve(__dirname, '../../dist/recordings/run-recording-effect.js'));

const [folder, ...calls] = process.argv.slice(2);
const media = new MessageChannel();

function blockOf(sequence) {
  const stereo = new Uint8Array(8000);
  for (let i = 0; i < 4000; i++) {
    stereo[i * 2] = (sequence * 4000 + i) % 251;
    stereo[i * 2 + 1] = 255 - ((sequence * 4000 + i) % 241);
  }
  return stereo;
}

function send(call, sequence) {
  const stereo = blockOf(sequence);
  const message = { type: 'block', call, sequence, startSample: sequence * 4000, stereo, overflowed: false };
  media.port1.postMessage(message, [stereo.buffer]);
}

const sidecarOf = (call) => ({
  card: { kind: 'lead', id: `lead-of-${call}` },
  direction: 'inbound',
  startedAt: 1700000000000,
  answeredAt: 1700000004000,
});

startRecordings({
  folder,
  clock: { now: () => 0 },
  post: () => undefined,
  mediaPort: media.port2,
  minFreeBytes: 0,
}).then((recordings) => {
  media.port1.on('message', ({ call, sequence }) => {
    if (call === calls[0] && sequence % 10 === 9) process.stdout.write(`written ${sequence}\n`);
    if (sequence < 2000) send(call, sequence + 1);
  });
  for (const call of calls) {
    recordings.run({ to: 'recordings', do: 'start', call, at: 0, sidecar: sidecarOf(call) });
    send(call, 0);
  }
});
