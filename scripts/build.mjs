// Compiles each TypeScript file of the server side to one CommonJS file in dist/. Types are not looked at here
// (`npm run typecheck` does that); the web pages are built by Vite (scripts/build-web.mjs).
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folders = ['call-router', 'sip-gateway', 'media', 'recordings', 'crm-link', 'prisma', 'server', 'demo', 'bench'];

function sources(folder) {
  const base = path.join(root, folder);
  if (!statSync(base, { throwIfNoEntry: false })) return [];
  return readdirSync(base, { recursive: true })
    .map((name) => path.join(base, String(name)))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
}

await build({
  entryPoints: folders.flatMap(sources),
  outdir: path.join(root, 'dist'),
  outbase: root,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'linked',
  logLevel: 'warning',
});
