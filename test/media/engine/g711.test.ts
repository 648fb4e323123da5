/** The engine's tables against the formula in test/audio. */
import {
  aLawOf,
  aLawOfMuLaw,
  linearOfALaw,
  linearOfMuLaw,
  muLawOf,
  muLawOfALaw,
} from '../../../media/engine/codec/g711';
import { fromALaw, fromMuLaw, toALaw, toMuLaw } from '../../audio/g711';

test('all 16 bit samples are coded as G.711 says', () => {
  for (let sample = -32768; sample <= 32767; sample++) {
    if (aLawOf(sample) !== toALaw(sample) || muLawOf(sample) !== toMuLaw(sample)) {
      throw new Error(`sample ${sample}: ${aLawOf(sample)} ${toALaw(sample)} ${muLawOf(sample)} ${toMuLaw(sample)}`);
    }
  }
});

test('all codes are decoded as G.711 says', () => {
  for (let code = 0; code < 256; code++) {
    expect(linearOfALaw[code]).toBe(fromALaw(code));
    // Minus zero is no sample.
    expect((linearOfMuLaw[code] ?? 1) + 0).toBe(fromMuLaw(code) + 0);
  }
});

test('there and back through the other law changes no A-law code by more than its nearest µ-law code allows', () => {
  for (let code = 0; code < 256; code++) {
    const back = fromALaw(aLawOfMuLaw[muLawOfALaw[code] ?? 0] ?? 0);
    expect(Math.abs(back - fromALaw(code))).toBeLessThanOrEqual(Math.max(32, Math.abs(fromALaw(code)) / 16));
  }
});
