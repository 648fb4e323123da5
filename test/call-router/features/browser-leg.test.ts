/** How a leg of ours is opened: towards a browser as browsers speak, towards all others as plain RTP. */
import type { MediaEffect } from '../../../call-router/media-effect';
import { bindingIdOf, callIdOf, deviceIdOf, epochMs, legIdOf, sdpOf } from '../../../call-router/values/ids';
import { fakePbx } from '../../fakes/pbx';

const call = callIdOf('c1');
const from = { caller: { user: '', withheld: false }, towards: '192.0.2.31' } as const;

function offering(effects: readonly { readonly to: string }[]): readonly string[] {
  return effects.flatMap((effect) => {
    const media = effect as MediaEffect;
    return media.to === 'media' && media.do === 'open-offering-leg' ? [`${media.leg} ${media.over}`] : [];
  });
}

it('a person is rung at a browser and at a desk phone, each offered what it speaks', () => {
  const pbx = fakePbx();
  const device = deviceIdOf('anna-desk');
  const of = { kind: 'device', device } as const;
  const binding = { of, host: '192.0.2.30', expiresAt: epochMs(9e12) };
  const bindings = [
    { ...binding, id: bindingIdOf('phone'), media: 'rtp' },
    { ...binding, id: bindingIdOf('browser'), media: 'webrtc' },
  ] as const;
  pbx.post({ from: 'sip', type: 'bindings-changed', of, bindings });
  pbx.takeEffects();
  const leg = legIdOf(call, 1);
  const origin = { kind: 'device', device: deviceIdOf('boris-desk') } as const;
  pbx.post({ from: 'sip', type: 'invite-received', call, leg, origin, dialled: '101', offer: sdpOf('v=0'), ...from });
  expect(offering(pbx.takeEffects()).toSorted()).toEqual(['c1.2 rtp', 'c1.3 webrtc', 'c1.4 rtp']);
});

it.each([['rtp', {}] as const, ['webrtc', { over: 'webrtc' }] as const])(
  'a caller without an offer is offered %s by how the INVITE came',
  (expected, over) => {
    const pbx = fakePbx();
    const origin = { kind: 'device', device: deviceIdOf('boris-desk') } as const;
    pbx.takeEffects();
    pbx.post({
      from: 'sip',
      type: 'invite-received',
      call,
      leg: legIdOf(call, 1),
      origin,
      dialled: '101',
      ...from,
      ...over,
    });
    expect(offering(pbx.takeEffects())).toContain(`c1.1 ${expected}`);
  },
);
