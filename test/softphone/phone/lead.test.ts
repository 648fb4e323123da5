/** The tabs of one browser hand the phone on to one another; the lock manager is a queue as the browser's. */
import { Lead, type Locks } from '../../../softphone/src/phone/lead';

class Queue implements Locks {
  private last: Promise<unknown> = Promise.resolve();

  async request(_name: string, { signal }: { signal: AbortSignal }, held: () => Promise<void>): Promise<void> {
    const turn = this.last.then(() => {
      if (signal.aborted) throw signal.reason;
      return held();
    });
    this.last = turn.catch(() => undefined);
    await turn;
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('goes to the next tab when who has it logs out, and to the first again when that one is closed', async () => {
  const [locks, won] = [new Queue(), [] as string[]];
  const tabs = ['a', 'b'].map((tab) => new Lead(locks, () => won.push(tab)));
  const [a, b] = tabs as [Lead, Lead];
  for (const tab of [a, b, a]) tab.ask();
  await settled();
  expect(won).toEqual(['a']);
  a.giveUp();
  await settled();
  expect(won).toEqual(['a', 'b']);
  a.ask();
  await settled();
  expect(won).toEqual(['a', 'b']);
  b.giveUp();
  await settled();
  expect(won).toEqual(['a', 'b', 'a']);
});

it('is not won by a tab that logged out while it waited', async () => {
  const [locks, won] = [new Queue(), [] as string[]];
  const [a, b] = [new Lead(locks, () => won.push('a')), new Lead(locks, () => won.push('b'))];
  a.ask();
  b.ask();
  b.giveUp();
  a.giveUp();
  await settled();
  expect(won).toEqual([]);
});

it('belongs to each tab where the browser has no locks', () => {
  const won: string[] = [];
  for (const tab of ['a', 'b']) new Lead(undefined, () => won.push(tab)).ask();
  expect(won).toEqual(['a', 'b']);
});
