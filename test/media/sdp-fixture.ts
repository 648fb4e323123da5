/** SDP fixtures: text with LF in git, CRLF on the wire. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Sdp, sdpOf } from '../../call-router/values/ids';

export function sdpFixture(name: string): Sdp {
  return sdpOf(readFileSync(path.join(__dirname, '../fixtures/sdp', `${name}.sdp`), 'utf8').replaceAll('\n', '\r\n'));
}
