/** mediasoup's worker: said to be absent where it is, kept alive where it is not. */
import { existsSync } from 'node:fs';
import { observer, workerBin } from 'mediasoup';
import { startWebrtcWorkers } from '../../media/webrtc-workers';
import { until } from './media-bench';

const isInstalled = existsSync(workerBin);
const after = (ms: number, fire: () => void) => {
  const timer = setTimeout(fire, Math.min(ms, 50));
  return () => clearTimeout(timer);
};

test('readiness says whether browser audio can be had', async () => {
  const workers = startWebrtcWorkers({ after }, () => undefined);
  await until(() => workers.state() !== 'starting');
  expect(workers.state()).toBe(isInstalled ? 'ready' : 'no-worker');
  await workers.stop();
  expect(workers.state()).toBe('stopped');
});

(isInstalled ? test : test.skip)(
  'a worker process that died is started again, and none is left at the end',
  async () => {
    const pids: number[] = [];
    const errors: Error[] = [];
    observer.on('newworker', (worker) => pids.push(worker.pid));
    const workers = startWebrtcWorkers({ after }, (error) => errors.push(error));
    await until(() => workers.state() === 'ready');
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await until(() => workers.state() === 'ready' && pids.length === 2);
    expect(errors).toHaveLength(1);
    await workers.stop();
    expect(() => process.kill(pids[1] ?? 0, 0)).toThrow('ESRCH');
  },
);
