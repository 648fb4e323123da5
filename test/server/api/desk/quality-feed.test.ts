/** Pages that look at how a call sounds: who is told, and when the router is asked and let go. The router is the real one. */
import type { ToDesk } from '../../../../server/api/desk-messages';
import { QualityFeed } from '../../../../server/api/desk/quality-feed';
import { callIdOf, deviceIdOf, legIdOf, sdpOf, userIdOf } from '../../../../call-router/values/ids';
import { fakePbx } from '../../../fakes/pbx';

const call = callIdOf('c1');
const [first, second] = [legIdOf(call, 1), legIdOf(call, 2)];
const good = { lossRatio: 0, jitterMs: 1, mos: 4.4 };

/** A desk with a call of 102 to 101, and what the router is asked. */
function desk() {
  const pbx = fakePbx();
  const asked: string[] = [];
  const feed = new QualityFeed({ view: pbx.board.view, watch: (id, is) => asked.push(`${id} ${is}`) });
  pbx.board.observe((changes) => feed.note(changes));
  const origin = { kind: 'device', device: deviceIdOf('boris-desk') } as const;
  const caller = { user: '', withheld: false };
  const invite = { origin, caller, dialled: '101', offer: sdpOf('v=0'), towards: '192.0.2.31' } as const;
  pbx.post({ from: 'sip', type: 'invite-received', call, leg: first, ...invite });
  return { pbx, feed, asked };
}

function page(user: string, role: 'operator' | 'administrator' = 'operator') {
  const told: ToDesk[] = [];
  const viewer = { userId: userIdOf(user), role, mayListenIn: false, members: [] };
  return { told, viewer, send: (message: ToDesk) => void told.push(message) };
}

test('the first who looks has the call measured, the last who looks away ends that', () => {
  const { feed, asked } = desk();
  const [anna, boris] = [page('u101'), page('u102')];
  feed.look(anna, call);
  feed.look(anna, call);
  feed.look(boris, call);
  expect(asked).toEqual(['c1 on']);
  feed.look(anna, undefined);
  expect(asked).toEqual(['c1 on']);
  feed.leave(boris);
  expect(asked).toEqual(['c1 on', 'c1 off']);
});

test('whoever looks is told of all legs that are known, whoever does not is told nothing', () => {
  const { feed } = desk();
  const [anna, boris] = [page('u101'), page('u102')];
  feed.look(anna, call);
  feed.show({ to: 'desk', do: 'show-quality', call, leg: first, quality: { received: good } });
  feed.show({ to: 'desk', do: 'show-quality', call, leg: second, quality: { roundTripMs: 20 } });
  const one = { legId: first, received: good };
  expect(anna.told).toEqual([
    { type: 'quality', callId: call, legs: [one] },
    { type: 'quality', callId: call, legs: [one, { legId: second, roundTripMs: 20 }] },
  ]);
  expect(boris.told).toEqual([]);
});

test('a call that one may not see is not measured for them', () => {
  const { feed, asked } = desk();
  const stranger = page('u103');
  feed.look(stranger, call);
  feed.look(stranger, 'no-such-call');
  expect(asked).toEqual([]);
  const head = page('u9', 'administrator');
  feed.look(head, call);
  expect(asked).toEqual(['c1 on']);
});

test('a leg that comes later is asked for, one that is over is told of no more, and a call that ends is forgotten', () => {
  const { pbx, feed, asked } = desk();
  const boris = page('u102');
  feed.look(boris, call);
  pbx.post({ from: 'sip', type: 'leg-answered', call, leg: second, sdp: sdpOf('v=0') });
  expect(asked.length).toBeGreaterThan(1);
  expect(new Set(asked)).toEqual(new Set(['c1 on']));
  for (const leg of [legIdOf(call, 3), second]) {
    feed.show({ to: 'desk', do: 'show-quality', call, leg, quality: { received: good } });
  }
  expect(boris.told.at(-1)).toMatchObject({ legs: [{ legId: second }] });
  pbx.post({ from: 'sip', type: 'leg-hung-up', call, leg: second, why: 'bye' });
  expect(pbx.board.view.calls.size).toBe(0);
  const asks = asked.length;
  feed.leave(boris);
  expect(asked).toHaveLength(asks);
});
