// Writing messages. Header order as most stacks write it; Content-Length is always ours, counted in bytes. RFC 3261 §7.

import { writtenName } from './header-names';
import type { Headers } from './headers';

/** The Content-Type to add if the writer named none: SDP is recognised by how it starts. */
export function contentTypeOf(body: string): string | undefined {
  return body.startsWith('v=0') ? 'application/sdp' : undefined;
}

/** The end of every message: Content-Type if it is missing, Content-Length, the empty line and the body. */
export function bodyPart(body: string, hasContentType: boolean): string {
  if (body === '') return 'Content-Length: 0\r\n\r\n';
  const type = hasContentType ? undefined : contentTypeOf(body);
  const typeLine = type === undefined ? '' : `Content-Type: ${type}\r\n`;
  return `${typeLine}Content-Length: ${body.length}\r\n\r\n${body}`;
}

/** The lines of those headers whose keys are not in `without`. */
export function headerLines(headers: Headers, without: ReadonlySet<string>): string {
  let lines = '';
  for (let at = 0; at < headers.keys.length; at++) {
    if (!without.has(headers.keys[at] ?? ''))
      lines += `${writtenName(headers.names[at] ?? '')}: ${headers.values[at]}\r\n`;
  }
  return lines;
}

/** One line for each value, exactly as given. */
export function lines(name: string, values: readonly string[]): string {
  let text = '';
  for (const value of values) text += `${name}: ${value}\r\n`;
  return text;
}
