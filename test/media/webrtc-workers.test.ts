/** mediasoup's workers: said to be absent where they are, lent out evenly, and kept alive where they are not. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { observer, workerBin } from 'mediasoup';
import { startWebrtcWorkers } from '../../media/webrtc-workers';
import { freePorts } from './free-ports';
import { until } from './media-bench';

const isInstalled = existsSync(workerBin);
const after = (ms: number, fire: () => void) => {
  const timer = setTimeout(fire, Math.min(ms, 50));
  return () => clearTimeout(timer);
};
const patienceMs = 30_000;
const quiet = { failed: () => undefined, died: () => undefined };

test('readiness says whether browser audio can be had', async () => {
  const listening = { host: '127.0.0.1', ports: await freePorts(1) };
  const workers = startWebrtcWorkers(listening, { after }, quiet);
  await until(() => workers.state() !== 'starting');
  expect(workers.state()).toBe(isInstalled ? 'ready' : 'no-worker');
  await workers.stop();
  expect(workers.state()).toBe('stopped');
});

test('where no port is given there is none', async () => {
  const workers = startWebrtcWorkers(undefined, { after }, quiet);
  expect(workers.state()).toBe('no-worker');
  expect(await workers.lease(patienceMs)).toBeUndefined();
  await workers.stop();
});

(isInstalled ? describe : describe.skip)('worker processes', () => {
  test('one that died is started again, whoever waits gets it, and none is left at the end', async () => {
    const pids: number[] = [];
    const errors: Error[] = [];
    const died: number[] = [];
    const note = (worker: { readonly pid: number }): void => void pids.push(worker.pid);
    observer.on('newworker', note);
    const workers = startWebrtcWorkers(
      { host: '127.0.0.1', ports: await freePorts(1) },
      { after: real },
      {
        failed: (error) => errors.push(error),
        died: (worker) => died.push(worker.pid),
      },
    );
    const lease = await workers.lease(patienceMs);
    expect(lease?.worker.pid).toBe(pids[0]);
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await until(() => died.length === 1);
    const next = await workers.lease(patienceMs);
    expect(next?.worker.pid).toBe(pids[1]);
    // Of the dead one: means nothing any more.
    lease?.release();
    expect(workers.count()).toBe(1);
    next?.release();
    expect(workers.count()).toBe(0);
    expect(errors).toHaveLength(1);
    expect(died).toEqual([pids[0]]);
    await workers.stop();
    observer.off('newworker', note);
    expect(() => process.kill(pids[1] ?? 0, 0)).toThrow('ESRCH');
  });

  test('one that cannot start at first is waited for by the patient', async () => {
    const [port = 0] = await freePorts(1);
    const other = createSocket('udp4').bind(port, '127.0.0.1');
    await once(other, 'listening');
    const workers = startWebrtcWorkers({ host: '127.0.0.1', ports: [port] }, { after: real }, quiet);
    const patient = workers.lease(patienceMs);
    await until(() => workers.state() === 'failed');
    expect(await workers.lease(0)).toBeUndefined();
    other.close();
    expect(await patient).toBeDefined();
    await workers.stop();
  });

  test('who waits when all is stopped waits no longer', async () => {
    const workers = startWebrtcWorkers({ host: '127.0.0.1', ports: await freePorts(1) }, { after: real }, quiet);
    const lease = await workers.lease(patienceMs);
    process.kill(lease?.worker.pid ?? 0, 'SIGKILL');
    await until(() => workers.state() === 'starting');
    const patient = workers.lease(patienceMs);
    await workers.stop();
    expect(await patient).toBeUndefined();
  });

  test('two of them get a leg each, then the one that has fewer', async () => {
    const workers = startWebrtcWorkers({ host: '127.0.0.1', ports: await freePorts(2) }, { after: real }, quiet);
    const first = await workers.lease(patienceMs);
    let second = await workers.lease(patienceMs);
    // The other may start a moment later; it is empty, so it is the next one lent.
    while (second?.worker.pid === first?.worker.pid) {
      second?.release();
      await new Promise(setImmediate);
      second = await workers.lease(patienceMs);
    }
    first?.release();
    const next = await workers.lease(patienceMs);
    expect(next?.worker.pid).toBe(first?.worker.pid);
    await workers.stop();
  });
});

function real(ms: number, fire: () => void): () => void {
  const timer = setTimeout(fire, ms);
  return () => clearTimeout(timer);
}
