// The entry of the engine's worker thread.

import { parentPort } from 'node:worker_threads';
import { systemClock } from './clock';
import { run } from './engine';

if (parentPort) run(parentPort, systemClock);
