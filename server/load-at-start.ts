/** What the router must know before the first call, besides the directory: what people have set, lamps, yesterday's calls out. */
import type { StoreEvent } from '../call-router/event';
import { userIdOf } from '../call-router/values/ids';
import type { AskReading } from './api/deps';
import type { Clock } from './clock';

const spendingMs = 24 * 3_600_000;

export async function loadAtStart(reading: AskReading, clock: Clock, post: (event: StoreEvent) => void): Promise<void> {
  const persons = await reading('load-persons', undefined);
  const counts = await reading('load-mailbox-counts', undefined);
  const accounts = await reading('load-spending', { since: clock.now() - spendingMs });
  const at = clock.now();
  const ofUsers = persons.map(([user, person]) => [userIdOf(user), person] as const);
  post({ from: 'store', type: 'persons-loaded', at, persons: ofUsers });
  post({ from: 'store', type: 'spending-loaded', at, accounts });
  for (const count of counts) post({ from: 'store', type: 'mailbox-counted', at, count });
}
