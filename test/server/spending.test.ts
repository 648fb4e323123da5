/** The fraud guard's memory: it counts the calls of a day, and an account without any is not kept. */
import type { Call, Leg } from '../../call-router/state/call';
import { callIdOf, epochMs, legIdOf, trunkIdOf } from '../../call-router/values/ids';
import { Spending } from '../../server/spending';
import { fakePbx } from '../fakes/pbx';

const hourMs = 3_600_000;

/** Any call as the router makes it; only its legs count here. */
function someCall(): Call {
  const pbx = fakePbx();
  const id = callIdOf('c1');
  pbx.post({
    from: 'sip',
    type: 'invite-received',
    call: id,
    leg: legIdOf(id, 1),
    origin: { kind: 'trunk', trunk: trunkIdOf('provider') },
    caller: { user: '777123456', withheld: false },
    dialled: '+420210000001',
    towards: '192.0.2.10',
  });
  const call = pbx.board.view.calls.get(id);
  if (call === undefined) throw new Error('no call');
  return call;
}

const template = someCall();

/** A call out of this account at this hour, over five minutes later. */
function spend(spending: Spending, account: string, hour: number): void {
  const id = callIdOf(`c-${account}-${hour}`);
  const startedAt = epochMs(hour * hourMs);
  const dialling: Leg = {
    id: legIdOf(id, 2),
    call: id,
    far: { kind: 'trunk', trunk: trunkIdOf('provider'), number: '+420777000001' },
    direction: 'outgoing',
    towards: '192.0.2.10',
    state: { in: 'opening' },
    media: 'opening',
    spender: account,
    startedAt,
  };
  const call: Call = { ...template, id, legs: new Map([[dialling.id, dialling]]) };
  const ended: Leg = { ...dialling, state: { in: 'ended', cause: 'busy' }, endedAt: epochMs(startedAt + 300_000) };
  spending.note(undefined, call);
  spending.note(call, { ...call, legs: new Map([[ended.id, ended]]) });
}

test('an account whose calls are all older than a day is forgotten whole', () => {
  const spending = new Spending();
  for (let one = 0; one < 50; one++) spend(spending, `gone ${one}`, 1);
  spend(spending, 'of yesterday evening', 20);
  expect(spending.accounts).toBe(51);
  spend(spending, 'of today', 26);
  expect(spending.accounts).toBe(2);
  expect(spending.of('gone 1')).toEqual([]);
  expect(spending.of('of yesterday evening')).toHaveLength(1);
});

test('a call that runs is kept however long ago it began', () => {
  const spending = new Spending();
  spending.restore('long talk', [{ leg: legIdOf(callIdOf('c9'), 2), startedAt: epochMs(0) }]);
  spend(spending, 'of today', 60);
  expect(spending.of('long talk')).toHaveLength(1);
});

test('asking for an account that never called keeps none', () => {
  const spending = new Spending();
  expect(spending.of('nobody')).toEqual([]);
  expect(spending.accounts).toBe(0);
});
