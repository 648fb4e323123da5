/** A call that passes through us has one hop less, so that two routers that point at each other stop (RFC 3261 section 16.6). */
import { callIdOf, legIdOf, sdpOf, trunkIdOf } from '../../../call-router/values/ids';
import { fakePbx } from '../../fakes/pbx';

it('our INVITE has one hop less than the one that came', () => {
  const pbx = fakePbx();
  const call = callIdOf('c1');
  pbx.post({
    from: 'sip',
    type: 'invite-received',
    call,
    leg: legIdOf(call, 1),
    origin: { kind: 'trunk', trunk: trunkIdOf('tie') },
    caller: { user: '777123456', withheld: false },
    dialled: '910111222',
    offer: sdpOf('v=0'),
    towards: '192.0.2.10',
    maxForwards: 7,
  });
  const invite = pbx.takeEffects().find((effect) => effect.to === 'sip' && effect.do === 'invite');
  expect(invite).toMatchObject({ maxForwards: 6 });
});
