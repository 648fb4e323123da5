/** A connection that has died in silence is noticed within seconds; one that lives costs nothing. */
import { KeepAlive } from '../../../softphone/src/phone/keep-alive';
import { watchConnection } from '../../../softphone/src/phone/watch-network';

class Path {
  readonly happened: string[] = [];
  private nowMs = 0;
  private due: { readonly atMs: number; readonly task: () => void } | undefined;
  readonly keepAlive = new KeepAlive({
    after: (delayMs, task) => {
      const mine = { atMs: this.nowMs + delayMs, task };
      this.due = mine;
      return () => {
        if (this.due === mine) this.due = undefined;
      };
    },
    ping: () => this.happened.push(`${this.nowMs / 1000} s ping`),
    dead: () => this.happened.push(`${this.nowMs / 1000} s dead`),
  });

  pass(seconds: number): void {
    const untilMs = this.nowMs + seconds * 1000;
    while (this.due !== undefined && this.due.atMs <= untilMs) {
      const { atMs, task } = this.due;
      [this.due, this.nowMs] = [undefined, atMs];
      task();
    }
    this.nowMs = untilMs;
  }
}

it('is silent where the server speaks every ten seconds', () => {
  const path = new Path();
  path.keepAlive.heard();
  for (let n = 0; n < 6; n++) {
    path.pass(10);
    path.keepAlive.heard();
  }
  expect(path.happened).toEqual([]);
});

it('asks after a silence, and the answer is enough', () => {
  const path = new Path();
  path.keepAlive.heard();
  path.pass(13);
  path.keepAlive.heard();
  path.pass(10);
  expect(path.happened).toEqual(['12 s ping']);
});

it('gives a path up that answers nothing, and a doubt at once shortens that', () => {
  const silent = new Path();
  silent.keepAlive.heard();
  silent.pass(60);
  expect(silent.happened).toEqual(['12 s ping', '14 s dead']);
  const doubted = new Path();
  doubted.keepAlive.heard();
  doubted.pass(1);
  doubted.keepAlive.ask();
  doubted.pass(1);
  doubted.keepAlive.ask();
  doubted.pass(60);
  expect(doubted.happened).toEqual(['1 s ping', '3 s dead']);
});

it('says nothing of a connection that was let go', () => {
  const path = new Path();
  path.keepAlive.heard();
  path.keepAlive.ask();
  path.keepAlive.stop();
  path.pass(60);
  expect(path.happened).toEqual(['0 s ping']);
});

it('takes another kind of network for a change, and an estimate of its speed for no more than a doubt', () => {
  const connection = Object.assign(new EventTarget(), { type: 'wifi', rtt: 50 });
  const posted: string[] = [];
  watchConnection(connection, ({ type }) => posted.push(type));
  connection.rtt = 75;
  connection.dispatchEvent(new Event('change'));
  connection.type = 'cellular';
  connection.dispatchEvent(new Event('change'));
  expect(posted).toEqual(['path-doubted', 'network-changed']);
});
