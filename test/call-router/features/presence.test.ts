/** How people stand, as their colleagues see it, in an office that calls are played into. */
import { type PersonSeen, presenceOf } from '../../../call-router/features/presence';
import { newPerson } from '../../../call-router/state/person';
import { bindingIdOf, browserDeviceOf, deviceIdOf, epochMs, userIdOf } from '../../../call-router/values/ids';
import { office } from '../../fakes/office';
import { Player } from '../../scenarios/transcript';

const [anna, boris, cyril] = [userIdOf('u101'), userIdOf('u102'), userIdOf('u103')];

function after(...lines: readonly string[]): Player {
  const player = new Player();
  for (const line of lines) player.happen(line);
  return player;
}

const seen = ({ pbx }: Player, user = boris, pages: PersonSeen['pages'] = 'none') =>
  presenceOf(pbx.board.view, { user, pages, at: pbx.now() });
const stateOf = (player: Player, user = boris) => seen(player, user).state;

const call = 'trunk provider calls +420210000021 from 777123451';

test('a phone on the desk, here or behind the office PBX, makes a person free', () => {
  expect(seen(after())).toEqual({ state: 'free', ways: ['desk-phone'] });
  expect(seen(after(), cyril)).toEqual({ state: 'free', ways: ['desk-phone'] });
});

test('ringing, talking, wrap-up, free', () => {
  const talk = ['102 logs in', call];
  expect(stateOf(after(...talk))).toBe('ringing');
  expect(stateOf(after(...talk, 'leg 2 answers'))).toBe('talking');
  expect(stateOf(after(...talk, 'leg 2 answers', 'leg 1 hangs up'))).toBe('wrap-up');
  expect(stateOf(after(...talk, 'leg 2 answers', 'leg 1 hangs up', 'pass 10 s'))).toBe('free');
});

test('who dials is talking from the first moment', () => {
  expect(stateOf(after('anna-desk calls 102'), anna)).toBe('talking');
  expect(stateOf(after('anna-desk calls 102'), boris)).toBe('ringing');
});

test('a pause is an agent’s; whoever wants no calls says so', () => {
  expect(stateOf(after('102 logs in', '102 pauses'))).toBe('paused');
  expect(stateOf(after('102 logs in', '102 pauses', '102 resumes'))).toBe('free');
  const player = after();
  const person = { ...newPerson, doNotDisturb: true };
  player.pbx.post({ from: 'store', type: 'persons-loaded', persons: [[boris, person]] });
  expect(stateOf(player)).toBe('do-not-disturb');
});

/** Boris has a browser and nothing else. */
function inTheBrowser(): Player {
  const player = after();
  const device = { id: browserDeviceOf(boris), userId: boris, kind: 'browser' as const };
  const { devices } = office;
  const directory = { ...office, devices: new Map([...devices, [device.id, device]]) };
  player.pbx.post({ from: 'store', type: 'directory-loaded', directory });
  const desk = { kind: 'device' as const, device: deviceIdOf('boris-desk') };
  player.pbx.post({ from: 'sip', type: 'bindings-changed', of: desk, bindings: [] });
  register(player, 'on');
  return player;
}

function register({ pbx }: Player, turned: 'on' | 'off'): void {
  const of = { kind: 'device' as const, device: browserDeviceOf(boris) };
  const host = '192.0.2.31';
  const binding = { id: bindingIdOf('tab'), of, host, media: 'webrtc' as const, expiresAt: epochMs(9e12) };
  pbx.post({ from: 'sip', type: 'bindings-changed', of, bindings: turned === 'on' ? [binding] : [] });
}

test('a page that sleeps is away, registered or not; without a page there is no phone', () => {
  const player = inTheBrowser();
  expect(seen(player, boris, 'awake')).toEqual({ state: 'free', ways: ['headset'] });
  expect(seen(player, boris, 'asleep')).toEqual({ state: 'away', ways: [] });
  register(player, 'off');
  expect(seen(player, boris, 'asleep')).toEqual({ state: 'away', ways: [] });
  expect(seen(player, boris, 'awake')).toEqual({ state: 'off', ways: [] });
  expect(seen(player, boris, 'none')).toEqual({ state: 'off', ways: [] });
});

test('a sleeping page beside a desk phone hides nobody', () => {
  expect(seen(after(), boris, 'asleep')).toEqual({ state: 'free', ways: ['desk-phone'] });
});

test('who talks is talking, whatever their page does', () => {
  const player = inTheBrowser();
  for (const line of ['anna-desk calls 102', 'leg 2 answers']) player.happen(line);
  expect(seen(player, boris, 'asleep').state).toBe('talking');
});
