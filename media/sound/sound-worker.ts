/** The thread that converts one sound and ends: what came as `workerData` goes back as one message. */
import { parentPort, workerData } from 'node:worker_threads';
import { converted } from './convert-sound';

const { wav, secondsMax } = workerData as { wav: Uint8Array; secondsMax: number }; // convert-in-worker.ts sends no other
const result = converted(wav, secondsMax);
parentPort?.postMessage(result, result.ok ? [result.value.buffer as ArrayBuffer] : []);
