/** Converts an uploaded sound in a thread of its own, so that a long one holds up neither calls nor answers. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Result } from '../../call-router/values/result';
import type { SoundProblem } from './read-wav';

const workerFile = path.join(
  __filename.endsWith('.ts') ? path.join(__dirname, '../../dist/media/sound') : __dirname,
  'sound-worker.js',
);

/** Rejects only if the thread itself fails. */
export function convertedInWorker(wav: Uint8Array, secondsMax: number): Promise<Result<Uint8Array, SoundProblem>> {
  return new Promise((resolve, reject) => {
    const own = new Uint8Array(wav); // its own memory, so that it can be handed over
    const worker = new Worker(workerFile, {
      name: 'sound',
      env: {},
      workerData: { wav: own, secondsMax },
      transferList: [own.buffer],
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The sound thread ended with ${code}`)));
  });
}
