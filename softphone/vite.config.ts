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
      // A service worker rules the folder it lies in, under a name that never changes.
      output: { entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js') },
    },
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', port: 5199, proxy: { '/api': { target: proxied, changeOrigin: true } } },
});

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
