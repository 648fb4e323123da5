/**
 * The load generator, a process of its own so that its CPU is never counted as the service's: plays both ends of every call
 * and reports what became of them. Started by the bench with its place as JSON; takes orders one after another.
 */
import { type Socket, createSocket } from 'node:dgram';
import { constants, setPriority } from 'node:os';
import { generatorClock } from './clock';
import { churn, hold, type Ends } from './call-runs';
import type { GeneratorPlace, Notice, Order } from './messages';
import { openLegs, runLegs } from './leg-runs';
import { Pacer } from './pacer';

const clock = generatorClock;

async function main(): Promise<void> {
  goFirst();
  const place = JSON.parse(process.argv[2] ?? '{}') as GeneratorPlace;
  const ends: Ends = {
    place,
    clock,
    pacer: new Pacer(clock),
    callerSocket: await bound(place.callerPort),
    calleeSocket: await bound(place.calleePort),
    tell,
  };
  process.on('message', (order: Order) => {
    perform(ends, order).catch((error: unknown) => tell({ type: 'failed', why: String(error) }));
  });
  process.on('disconnect', () => process.exit(0));
  tell({ type: 'ready' });
}

async function perform(ends: Ends, order: Order): Promise<void> {
  switch (order.do) {
    case 'hold':
      return hold(ends, order);
    case 'churn':
      return churn(ends, order);
    case 'open-legs':
      return openLegs(ends, order.calls);
    case 'run-legs':
      return runLegs(ends, order);
    default:
      order satisfies never;
  }
}

function tell(notice: Notice): void {
  process.send?.(notice);
}

/** What is late here would look like the delay of what is measured; only root may. */
function goFirst(): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGHEST);
  } catch {
    process.stderr.write('the load generator runs at normal priority: its own lateness counts as delay\n');
  }
}

const bufferBytes = 4 * 1024 * 1024;

async function bound(port: number): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', lookup: (name, _options, answer) => answer(null, name, 4) });
  // Look-up answers at once, and so does binding: a listener attached afterwards would wait for ever.
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve));
  socket.setRecvBufferSize(bufferBytes);
  return socket;
}

void main();
