// Compiles each TypeScript file of the server side to one CommonJS file in dist/. Types are not looked at here
// (`npm run typecheck` does that); the web pages are built by Vite. What no longer has a source is removed from dist/.
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { sourceFolders } from './source-folders.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

function filesIn(folder, endings) {
  if (!statSync(folder, { throwIfNoEntry: false })) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, String(name)))
    .filter((file) => endings.some((ending) => file.endsWith(ending)));
}

const sources = sourceFolders.flatMap((folder) =>
  filesIn(path.join(root, folder), ['.ts']).filter((file) => !file.endsWith('.d.ts')),
);

await build({
  entryPoints: sources,
  outdir: path.join(root, 'dist'),
  outbase: root,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'linked',
  logLevel: 'warning',
});

const wanted = new Set(sources.map((file) => path.relative(root, file).replace(/\.ts$/, '.js')));
for (const folder of sourceFolders) {
  for (const file of filesIn(path.join(root, 'dist', folder), ['.js', '.js.map'])) {
    if (!wanted.has(path.relative(path.join(root, 'dist'), file).replace(/\.map$/, ''))) rmSync(file);
  }
}
