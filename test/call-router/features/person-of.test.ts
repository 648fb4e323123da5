import { diallerFor } from '../../../call-router/features/person-of';
import type { Device } from '../../../call-router/state/directory';
import { browserDeviceOf, epochMs, trunkIdOf, userIdOf } from '../../../call-router/values/ids';
import { fakePbx } from '../../fakes/pbx';
import { office } from '../../fakes/office';

const at = epochMs(0);
const [anna, cyril, nobody] = [userIdOf('u101'), userIdOf('u103'), userIdOf('u999')];
const browser = (userId: typeof anna): Device => ({ id: browserDeviceOf(userId), userId, kind: 'browser' });

test.each([
  ['a phone of theirs before the browser', anna, { kind: 'device', device: 'anna-desk' }],
  ['the phone behind the office PBX before the browser', cyril, { kind: 'trunk', trunk: trunkIdOf('oldpbx') }],
  ['the browser where there is no phone', nobody, { kind: 'device', device: 'browser-u999' }],
])('a person dials as on %s', (_, user, dialler) => {
  const browsers = [anna, cyril, nobody].map(browser).map((device) => [device.id, device] as const);
  const pbx = fakePbx();
  const directory = { ...office, devices: new Map([...browsers, ...office.devices]) };
  pbx.post({ from: 'store', type: 'directory-loaded', directory });
  expect(diallerFor(pbx.board.view, user, at)).toEqual({ ...dialler, user, at });
});
