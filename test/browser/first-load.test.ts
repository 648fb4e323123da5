/** What a browser fetches before it shows the first list is at most 300 kB, compressed; nothing comes from elsewhere. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const web = path.resolve(__dirname, '../../dist/web');
const firstLoadSizeBytesMax = 300 * 1024;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

describe('the first load', () => {
  const chunks: Readonly<Record<string, Chunk>> = JSON.parse(readFileSync(path.join(web, 'chunks.json'), 'utf8'));

  it.each(['english', 'czech', 'romanian', 'portuguese', 'korean', 'thai'])(
    'is at most 300 kB with the first page and its words (%s)',
    (catalogue) => {
      const words = catalogue === 'english' ? [] : filesOf(chunks, `src/text/${catalogue}.ts`);
      const pages = ['index.html', 'src/pages/leads.tsx'].flatMap((name) => filesOf(chunks, name));
      const files = new Set(['index.html', ...pages, ...words]);
      const sizes = [...files].map((file) => gzipSync(readFileSync(path.join(web, file))).length);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      expect(files.size).toBeGreaterThan(3);
      expect(total).toBeLessThanOrEqual(firstLoadSizeBytesMax);
    },
  );

  it('has English words only, and no help', () => {
    const first = filesOf(chunks, 'index.html').map((file) => readFileSync(path.join(web, file), 'utf8'));
    for (const word of ['Try again', 'Zkusit znovu', 'Încearcă din nou', '다시 시도', 'Leads are people who called'])
      expect({ word, is: first.some((text) => text.includes(word)) }).toEqual({ word, is: word === 'Try again' });
  });

  it('has no inline script and nothing from another host', () => {
    const html = readFileSync(path.join(web, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('leaves the MP3 maker to its own address', () => {
    expect(existsSync(path.join(web, 'ffmpeg/ffmpeg-core.wasm'))).toBe(true);
    expect(readFileSync(path.join(web, 'ffmpeg/LICENCE.txt'), 'utf8')).toContain('GPL-2.0-or-later');
  });
});

/** A chunk with everything it imports at once. */
function filesOf(chunks: Readonly<Record<string, Chunk>>, name: string, seen = new Set<string>()): readonly string[] {
  const chunk = chunks[name];
  if (chunk === undefined) throw new Error(`${name} was not built`);
  if (seen.has(name)) return [];
  seen.add(name);
  const below = (chunk.imports ?? []).flatMap((imported) => filesOf(chunks, imported, seen));
  return [chunk.file, ...(chunk.css ?? []), ...below];
}
