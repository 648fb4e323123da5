// The call record: what an unknown caller makes goes with it for as long as nobody has said who the caller is.
import type { CallRecord } from '../../../call-router/values/cdr';
import { callIdOf, legIdOf, sdpOf, trunkIdOf } from '../../../call-router/values/ids';
import { fakePbx } from '../../fakes/pbx';

const call = callIdOf('c1');

function callThen(answer: 'client-unknown' | 'look-up-failed' | 'nothing'): CallRecord | undefined {
  const pbx = fakePbx();
  const leg = legIdOf(call, 1);
  pbx.post({
    from: 'sip',
    type: 'invite-received',
    call,
    leg,
    origin: { kind: 'trunk', trunk: trunkIdOf('provider') },
    caller: { user: '777123456', displayName: 'Jan Novak', withheld: false },
    dialled: '+420210000001',
    offer: sdpOf('offer'),
    towards: '192.0.2.10',
  });
  if (answer !== 'nothing') pbx.post({ from: 'crm', type: answer, call });
  pbx.post({ from: 'sip', type: 'leg-cancelled', call, leg });
  for (const timer of pbx.timers.keys()) pbx.post({ from: 'clock', type: 'timer-fired', timer });
  return pbx
    .takeEffects()
    .flatMap((effect) => (effect.to === 'store' && effect.do === 'save-call' ? [effect.record] : []))
    .at(-1);
}

test.each(['look-up-failed', 'nothing'] as const)('the CRM: %s; the last record says what is to be made', (answer) => {
  const record = callThen(answer);
  expect(record?.endedAt).toBeDefined();
  expect(record?.ifUnknown).toEqual({
    number: '+420777123456',
    typed: '777123456',
    makes: 'lead',
    source: 'web',
    responsible: 'u101',
    displayName: 'Jan Novak',
  });
});

test('a CRM that answered has the last word', () => {
  expect(callThen('client-unknown')?.ifUnknown).toBeUndefined();
});
