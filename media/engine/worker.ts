/** The file a media worker thread is started from. */
import { parentPort } from 'node:worker_threads';
import { systemClock } from './clock';
import { run } from './engine';

if (parentPort !== null) run(parentPort, systemClock());
