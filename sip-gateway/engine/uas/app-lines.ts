// The header lines of an application's response that go out as given. What identifies the transaction comes from the request, and
// what the engine computes is not the application's to say.

import type { Headers } from '../message/headers';
import { headerLines } from '../message/write';

const NOT_THE_APPS: ReadonlySet<string> = new Set([
  'via',
  'route',
  'record-route',
  'rseq',
  'content-length',
  'from',
  'to',
  'call-id',
  'cseq',
  'contact',
]);

export function appLines(headers: Headers): string {
  return headerLines(headers, NOT_THE_APPS);
}
