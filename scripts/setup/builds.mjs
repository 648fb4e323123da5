// The two builds: the server's TypeScript, file by file into dist/, and the web pages into dist/web. Each runs again when
// the name, size or time of any of its sources has changed.
import { digestOfSources, exists, inRoot, isStamped, stamp } from './place.mjs';
import { run } from './run.mjs';
import { sourceFolders } from '../source-folders.mjs';

const serverWanted = () => digestOfSources([...sourceFolders, 'scripts'], ['.ts', '.mjs']);
const webFolders = ['softphone', 'call-router', 'server/api', 'scripts'];
const webWanted = () => digestOfSources(webFolders, ['.ts', '.tsx', '.css', '.html', '.json', '.svg', '.png', '.mjs']);
const viteConfig = 'softphone/vite.config.ts';

export const serverStep = {
  title: 'building the server',
  isDone: () => isStamped('dist', 'server', serverWanted()),
  async run() {
    const before = serverWanted();
    await run(process.execPath, [inRoot('scripts', 'build.mjs')], { advice: 'mend the source named above.' });
    stamp('dist', 'server', before);
  },
};

export const webStep = {
  title: 'building the web pages',
  isDone: () => !exists(inRoot(viteConfig)) || (exists(inRoot('dist', 'web')) && isStamped('dist', 'web', webWanted())),
  async run() {
    const before = webWanted();
    const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js');
    await run(process.execPath, [vite, 'build', '--config', viteConfig], { advice: 'mend the source named above.' });
    stamp('dist', 'web', before);
  },
};
