/** How loud a microphone is shown to be: 0 to 1 over 60 dB. */
import { levelOf } from '../../../softphone/src/phone/level';

const square = (peak: number): Float32Array =>
  Float32Array.from({ length: 64 }, (_, at) => (at % 2 === 0 ? peak : -peak));

it.each([
  ['silence', 0, 0],
  ['below what is shown', 0.0005, 0],
  ['half way', 10 ** (-30 / 20), 0.5],
  ['as loud as it gets', 1, 1],
])('%s', (_, peak, level) => expect(levelOf(square(peak))).toBeCloseTo(level, 5));
