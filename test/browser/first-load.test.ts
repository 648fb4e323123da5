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
  it('is at most 300 kB with the first page', () => {
    const chunks: Readonly<Record<string, Chunk>> = JSON.parse(readFileSync(path.join(web, 'chunks.json'), 'utf8'));
    const files = new Set(['index.html', ...filesOf(chunks, 'index.html'), ...filesOf(chunks, 'src/pages/leads.tsx')]);
    const sizes = [...files].map((file) => gzipSync(readFileSync(path.join(web, file))).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(files.size).toBeGreaterThan(3);
    expect(total).toBeLessThanOrEqual(firstLoadSizeBytesMax);
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
