// Loads SIP fixtures: text files with LF in git. The loader sets CRLF and writes the body's length in bytes where the file says
// {length}; everything is byte text, as the engine has it from its sockets.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(__dirname, '..', '..', 'fixtures', 'sip');

export function sipFixture(name: string): string {
  const text = readFileSync(path.join(folder, name), 'latin1').replace(/\n/g, '\r\n');
  const bodyAt = text.indexOf('\r\n\r\n') + 4;
  return text.replace('{length}', String(text.length - bodyAt));
}

export function sipFixtureNames(): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.sip'));
}
