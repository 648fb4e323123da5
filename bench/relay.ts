/** The bare relay under the same generator, and the generator alone: what the service's figures are compared with. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Load, Measured } from './load';

export interface LegRun {
  readonly calls: number;
  readonly windowMs: number;
}

const settleMs = 1500;

export async function measureRelay(load: Load, { calls, windowMs }: LegRun): Promise<Measured> {
  const relay = spawn(process.execPath, [path.join(__dirname, 'bare-relay.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const farPorts = await load.openLegs(calls);
    relay.stdin.write(`${JSON.stringify(farPorts)}\n`);
    const targets = await portsFrom(relay.stdout);
    return await load.run({ do: 'run-legs', targets, settleMs, windowMs }, relay.pid ?? 0);
  } finally {
    const gone = once(relay, 'exit');
    relay.stdin.end();
    await gone;
  }
}

/** Both ends of each call joined without anything between. */
export async function measureNothing(load: Load, { calls, windowMs }: LegRun): Promise<Measured> {
  const ports = await load.openLegs(calls);
  const targets = ports.map((_, i) => ports[i ^ 1] ?? 0);
  return load.run({ do: 'run-legs', targets, settleMs, windowMs }, process.pid);
}

async function portsFrom(output: NodeJS.ReadableStream): Promise<readonly number[]> {
  let text = '';
  for await (const part of output) {
    text += String(part);
    if (text.endsWith('\n')) break;
  }
  return JSON.parse(text) as readonly number[];
}
