/**
 * Whether the server answers. Requests report here; while it does not, `/healthz` is asked every few seconds.
 *
 *   answering ──a request gets no answer──▶ lost ──any answer──▶ back ──4 s──▶ answering
 */
import { after, every } from '../clock';

export type Connection = 'answering' | 'lost' | 'back';

const askEveryMs = 3_000;
const sayBackForMs = 4_000;

let state: Connection = 'answering';
let stopAsking: (() => void) | undefined;
const listeners = new Set<() => void>();

export const connectionNow = (): Connection => state;

export function watchConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function noteNoAnswer(): void {
  if (state === 'lost') return;
  become('lost');
  stopAsking = every(askEveryMs, ask);
}

export function noteAnswered(): void {
  if (state !== 'lost') return;
  stopAsking?.();
  become('back');
  after(sayBackForMs, () => {
    if (state === 'back') become('answering');
  });
}

export const askNow = (): void => ask();

function ask(): void {
  fetch('/healthz', { cache: 'no-store' }).then(
    (response) => {
      if (response.ok) noteAnswered();
    },
    () => undefined, // still lost; asked again
  );
}

function become(next: Connection): void {
  state = next;
  for (const listener of listeners) listener();
}
