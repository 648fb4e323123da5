/**
 * Builds the pages into dist/web: hashed files in assets/, split by page, no inline script (the server's content security
 * policy forbids them) and nothing loaded from elsewhere. @ffmpeg/core is GPL-2.0-or-later: it is copied beside the
 * pages with its licence notice, never bundled, and fetched only when somebody saves a recording as MP3.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = import.meta.dirname;
const outDir = path.resolve(here, '../dist/web');
const serviceWorker = path.join(here, 'src/service-worker/service-worker.ts');
const main = path.join(here, 'src/main.tsx');
/** The one most people begin with. */
const firstPage = path.join(here, 'src/pages/leads.tsx');
const proxied = process.env['TRUNKLINE_DEV_SERVER'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: here,
  plugins: [react(), copyFfmpegCore(), compress()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    manifest: 'chunks.json',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { index: path.join(here, 'index.html'), 'service-worker': serviceWorker },
      output: {
        // A service worker rules the folder it lies in, under a name that never changes.
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: firstLoadPart }] },
      },
    },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700, // test/browser/first-load.test.ts watches what counts: the compressed size of all of it
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', port: 5199, proxy: { '/api': { target: proxied, changeOrigin: true } } },
});

interface ModuleGraph {
  readonly getModuleInfo: (id: string) => { readonly importers: readonly string[] } | null;
}

/**
 * What every page needs comes in one file, what lists need beside it in another: forty small ones, split by who shares them with
 * whom, took half of the time of the first load.
 */
function firstLoadPart(id: string, graph: ModuleGraph): string | null {
  if (isBelow(serviceWorker, id, graph)) return null;
  if (isBelow(main, id, graph)) return id === main ? null : 'every-page';
  return isBelow(firstPage, id, graph) && id !== firstPage ? 'lists' : null;
}

/** Whether the one imports the other, by whichever way, when it is loaded. */
function isBelow(top: string, id: string, graph: ModuleGraph, seen = new Set<string>()): boolean {
  if (id === top) return true;
  seen.add(id);
  const importers = graph.getModuleInfo(id)?.importers ?? [];
  return importers.some((importer) => !seen.has(importer) && isBelow(top, importer, graph, seen));
}

function copyFfmpegCore(): Plugin {
  return {
    name: 'copy-ffmpeg-core',
    apply: 'build',
    closeBundle() {
      const from = path.resolve(here, '../node_modules/@ffmpeg/core/dist/esm');
      const to = path.join(outDir, 'ffmpeg');
      mkdirSync(to, { recursive: true });
      for (const file of ['ffmpeg-core.js', 'ffmpeg-core.wasm'])
        copyFileSync(path.join(from, file), path.join(to, file));
      writeFileSync(path.join(to, 'LICENCE.txt'), licenceNotice);
    },
  };
}

/** Lays compressed copies beside the files, which the server sends to browsers that take them. */
function compress(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    enforce: 'post',
    closeBundle() {
      for (const name of readdirSync(outDir, { recursive: true }).map(String)) {
        if (!/\.(?:js|css|html|svg|wasm)$/.test(name)) continue;
        const file = path.join(outDir, name);
        const bytes = readFileSync(file);
        const level = name.endsWith('.wasm') ? 5 : 9;
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level }));
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: level } }));
      }
    },
  };
}

const licenceNotice = `ffmpeg-core.js and ffmpeg-core.wasm are the unchanged files of the npm package @ffmpeg/core 0.12.10.
Licence: GPL-2.0-or-later. Source: https://github.com/ffmpegwasm/ffmpeg.wasm
Trunkline is a separate program (Apache-2.0) that runs them in a worker of the browser.
`;
