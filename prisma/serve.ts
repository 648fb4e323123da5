/**
 * The inside of a database thread: connects, migrates, then answers requests. One at a time with SQLite, which is synchronous:
 * a search running inside another request's open transaction would hold the write lock for as long, and live calls wait for it.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { threadClock } from './clock';
import { connect, type Store } from './connect';
import { errorText, startErrorText } from './error-text';
import { migrate } from './migrate';
import {
  allOf,
  type FromThread,
  type Operations,
  type ThreadSettings,
  type Together,
  type ToThread,
} from './thread-messages';

export type Handlers<Ops extends Operations<Ops>> = {
  readonly [Op in keyof Ops]: (request: Ops[Op]['request']) => Promise<Ops[Op]['answer']>;
};

export interface Served<Ops extends Operations<Ops>> {
  readonly handlers: Handlers<Ops>;
  /** Requests that must not wait for the one before. */
  readonly atOnce: (op: keyof Ops & string) => boolean;
  /** Done every second, between requests. */
  readonly everySecond?: () => Promise<unknown>;
  /** Before the database closes. */
  readonly drain: () => Promise<void>;
}

export async function serve<Ops extends Operations<Ops>>(
  prepare: (store: Store) => Promise<Served<Ops>>,
): Promise<void> {
  if (parentPort === null) throw new Error('this file runs in a worker thread');
  const port = parentPort;
  try {
    const settings = workerData as ThreadSettings;
    const store = await connect({ ...settings, key: Buffer.from(settings.key), clock: threadClock });
    await migrate(store);
    const served = await prepare(store);
    listen(port, store, served);
    say(port, { type: 'ready' });
  } catch (error) {
    say(port, { type: 'not-started', ...startErrorText(error) });
    port.close();
  }
}

function listen<Ops extends Operations<Ops>>(port: MessagePort, store: Store, served: Served<Ops>): void {
  let last: Promise<unknown> = Promise.resolve();
  const underWay = new Set<Promise<void>>();
  const stopTicking = tick(store, served, (work) => {
    last = last.then(work);
  });
  const answers = new Answers(port);
  const hear = (message: ToThread): void => {
    if (message.type === 'close') {
      stopTicking();
      void end(store, served, () => Promise.all([last, ...underWay])).then(() => answers.close());
      return;
    }
    const waits = store.kind === 'sqlite' && !served.atOnce(message.op as keyof Ops & string);
    const done = (waits ? last : Promise.resolve()).then(() => answer(answers, served, message));
    if (waits) last = done;
    underWay.add(done);
    void done.finally(() => underWay.delete(done));
  };
  port.on('message', (said: Together<ToThread>) => allOf(said).forEach(hear));
}

/** Those of one turn leave together: all of a committed group. */
class Answers {
  readonly #port: MessagePort;
  #unsent: FromThread[] = [];

  constructor(port: MessagePort) {
    this.#port = port;
  }

  say(message: FromThread): void {
    if (this.#unsent.length === 0) setImmediate(() => this.#flush());
    this.#unsent.push(message);
  }

  close(): void {
    this.#flush();
    this.#port.close();
  }

  #flush(): void {
    const messages = this.#unsent;
    this.#unsent = [];
    if (messages.length > 0) this.#port.postMessage(messages satisfies Together<FromThread>);
  }
}

const tickMs = 1000;

/** What fails in it is tried again a second later. The answer stops it. */
function tick<Ops extends Operations<Ops>>(
  store: Store,
  { everySecond }: Served<Ops>,
  inTurn: (work: () => Promise<unknown>) => void,
): () => void {
  if (everySecond === undefined) return () => undefined;
  let cancel = (): void => undefined;
  const next = (): void => {
    cancel = store.clock.after(tickMs, () => {
      inTurn(() => everySecond().catch(() => undefined));
      next();
    });
  };
  next();
  return () => cancel();
}

/** Never rejects. */
async function answer<Ops extends Operations<Ops>>(
  answers: Answers,
  served: Served<Ops>,
  message: ToThread & { type: 'request' },
): Promise<void> {
  const { id, op } = message;
  try {
    const handler = served.handlers[op as keyof Ops];
    if (handler === undefined) throw new Error(`no such operation: ${op}`);
    answers.say({ type: 'answer', id, answer: await handler(message.request) });
  } catch (error) {
    answers.say({ type: 'failure', id, ...errorText(error) });
  }
}

async function end<Ops extends Operations<Ops>>(
  store: Store,
  served: Served<Ops>,
  underWay: () => Promise<unknown>,
): Promise<void> {
  const drained = served.drain();
  await underWay();
  await drained;
  await store.close();
}

const say = (port: MessagePort, message: FromThread): void => port.postMessage(message);
