/** Text and controls stand out enough in both looks: WCAG 2.2, 1.4.3 (4.5:1 for text) and 1.4.11 (3:1 for controls). */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const tokens = readFileSync(path.resolve(__dirname, '../../softphone/src/styles/tokens.css'), 'utf8');

const grounds = ['bg', 'bg-rail', 'bg-raised', 'bg-hover', 'bg-head'];
const pairs: readonly (readonly [text: string, ground: string, ratioMin: number])[] = [
  ...['text', 'dim', 'accent', 'good', 'bad'].flatMap((text) => grounds.map((ground) => [text, ground, 4.5] as const)),
  ['accent', 'accent-soft', 4.5],
  ['text', 'accent-soft', 4.5],
  ['dim', 'accent-soft', 4.5],
  ['good', 'good-soft', 4.5],
  ['bad', 'bad-soft', 4.5],
  ['bad', 'accent-soft', 4.5],
  ['warn', 'warn-soft', 4.5],
  ['warn', 'bg', 4.5],
  ['on-accent', 'accent-fill', 4.5],
  ['on-accent', 'bad-fill', 4.5],
  ['line-input', 'bg', 3],
  ['line-input', 'bg-raised', 3],
];

describe.each(['light', 'dark'] as const)('contrast, %s', (look) => {
  it.each(pairs)('%s on %s', (text, ground, ratioMin) => {
    expect(contrast(colour(text, look), colour(ground, look))).toBeGreaterThanOrEqual(ratioMin);
  });
});

function colour(name: string, look: 'light' | 'dark'): string {
  const pair = new RegExp(`--${name}: (?:light-dark\\((#\\w+), (#\\w+)\\)|(#\\w+));`).exec(tokens);
  const found = pair?.[3] ?? pair?.[look === 'light' ? 1 : 2];
  if (found === undefined) throw new Error(`no colour ${name}`);
  return found;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
