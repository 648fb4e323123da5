/** Puts the newest table into bench/README.md, between two marks; what people wrote around it stays. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const begin = '<!-- figures: written by `npm run bench` -->';
const end = '<!-- end of figures -->';

export function writeReadme(table: string): void {
  // From dist/bench or, run from its source, from bench.
  const root = __dirname.replace(/([/\\])(dist[/\\])?bench$/, '');
  const file = path.join(root, 'bench', 'README.md');
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has lost the marks between which the figures stand`);
  writeFileSync(file, `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`);
}
