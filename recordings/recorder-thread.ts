/**
 * Entry of the recorder's worker thread: takes the ports it is born with and runs on the machine's clock.
 */
import { MessagePort, workerData } from 'node:worker_threads';
import { machineClock } from './clock';
import { run } from './recorder';

const ports: unknown = workerData;
if (isPorts(ports)) run(ports.port, ports.mediaPort, machineClock());

function isPorts(value: unknown): value is { readonly port: MessagePort; readonly mediaPort: MessagePort | undefined } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'port' in value &&
    'mediaPort' in value &&
    value.port instanceof MessagePort &&
    (value.mediaPort === undefined || value.mediaPort instanceof MessagePort)
  );
}
