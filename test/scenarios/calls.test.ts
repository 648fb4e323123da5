/** Every transcript in calls/ says what happens and what must follow from it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { play } from './transcript';

const folder = path.join(__dirname, 'calls');

describe('calls', () => {
  for (const name of readdirSync(folder).sort()) {
    const file = path.join(folder, name);
    for (const scenario of readFileSync(file, 'utf8').split(/^(?==== )/m)) {
      const title = /^=== (.*)$/m.exec(scenario)?.[1] ?? name;
      it(`${name.replace('.txt', '')}: ${title}`, () => {
        const body = scenario.replace(/^=== .*\n/, '');
        const played = play(body);
        if (process.env['UPDATE_TRANSCRIPTS'] === '1') {
          writeFileSync(file, readFileSync(file, 'utf8').replace(body, played));
        } else {
          expect(played).toBe(body);
        }
      });
    }
  }
});
