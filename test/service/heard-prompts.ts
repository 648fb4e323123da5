/**
 * Which of our spoken texts are in what a phone heard. Between an A-law file and an A-law phone no sample changes, so that a
 * text is found exactly, and figures that were said can be read back as a person would.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { linearOfALaw } from '../../media/engine/codec/g711';

const folder = path.join(__dirname, '..', '..', 'media', 'prompts', 'en');
/** Long enough to be in no other text. */
const piece = 800;

/** A piece from the middle, where somebody speaks. */
function pieceOf(prompt: string): Int16Array {
  const samples = Int16Array.from(readFileSync(path.join(folder, `${prompt}.al`)), (code) => linearOfALaw[code] ?? 0);
  const from = Math.max(0, Math.floor(samples.length / 2) - piece / 2);
  return samples.subarray(from, from + piece);
}

function placesOf(wanted: Int16Array, heard: Int16Array): readonly number[] {
  const bytes = Buffer.from(heard.buffer, heard.byteOffset, heard.byteLength);
  const needle = Buffer.from(wanted.buffer, wanted.byteOffset, wanted.byteLength);
  const places: number[] = [];
  for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + needle.length)) places.push(at / 2);
  return places;
}

export const wasSaid = (prompt: string, heard: Int16Array): boolean => placesOf(pieceOf(prompt), heard).length > 0;

/** Single figures in their order. */
export function figuresIn(heard: Int16Array): string {
  const said = Array.from('0123456789').flatMap((figure) =>
    placesOf(pieceOf(`d${figure}`), heard).map((at) => ({ figure, at })),
  );
  return said
    .toSorted((a, b) => a.at - b.at)
    .map(({ figure }) => figure)
    .join('');
}
