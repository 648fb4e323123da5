/** A page that may not sound yet: it says so as long as something should be heard, and the first click lets it. */
import { SoundPermission } from '../../../softphone/src/phone/sound-permission';

let gestures: EventTarget;
let isAllowed: boolean;
let sound: SoundPermission;
let said: boolean[];
beforeEach(() => {
  gestures = new EventTarget();
  isAllowed = false;
  sound = new SoundPermission({ gestures: () => gestures, wake: () => undefined });
  said = [];
  sound.watch(() => void said.push(sound.isRefused()));
});

/** An audio element, as far as it is asked. */
const ring = () => ({
  srcObject: {} as MediaStream | null,
  play: () =>
    isAllowed ? Promise.resolve() : Promise.reject(Object.assign(new Error('not yet'), { name: 'NotAllowedError' })),
});
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('what was refused is begun with the first click or key that counts', async () => {
  await sound.play(ring());
  expect(sound.isRefused()).toBe(true);
  gestures.dispatchEvent(new Event('keydown')); // Escape counts for nothing
  await settled();
  expect(sound.isRefused()).toBe(true);
  isAllowed = true;
  gestures.dispatchEvent(new Event('click'));
  await settled();
  expect(sound.isRefused()).toBe(false);
  expect(said).toEqual([true, true, false]);
});

it('a ring that is over is waited for no more, also when the browser refuses it only then', async () => {
  const [first, late] = [ring(), ring()];
  await sound.play(first);
  sound.forget(first);
  const refusal = sound.play(late);
  late.srcObject = null;
  await refusal;
  expect(sound.isRefused()).toBe(false);
  expect(said).toEqual([true, false]);
});

it('what may sound at once is never waited for', async () => {
  isAllowed = true;
  await sound.play(ring());
  expect(said).toEqual([]);
});
