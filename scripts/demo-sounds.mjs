// Speaks the demo's sentences with espeak-ng into demo/sounds (8 kHz, mono, A-law WAV). Their results are committed, so
// that the demo needs no speech program; run this only to change what is said. Needs espeak-ng and sox.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../demo/sounds');
const sentences = {
  customer: [
    'en-gb+f3',
    'Good morning. I saw your advertisement and I would like to order two tables for Friday. Could you call me back with a price?',
  ],
  colleague: [
    'en-us+m3',
    'Good morning, you are speaking with Anna. Of course. I have written your order down and I will send you the price today.',
  ],
};

for (const [name, [voice, text]] of Object.entries(sentences)) {
  const spoken = execFileSync('espeak-ng', ['-v', voice, '-s', '150', '--stdout', text]);
  const output = path.join(folder, `${name}.wav`);
  execFileSync(
    'sox',
    ['-t', 'wav', '-', '-r', '8000', '-c', '1', '-e', 'a-law', output, 'norm', '-3', 'pad', '0', '0.4'],
    { input: spoken },
  );
  console.log(output);
}
