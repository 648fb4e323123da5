// Commands of the application: the meta line and the SIP part of a frame.

import { Headers } from '../message/headers';

/** What the application wrote of a SIP message; nothing in it is complete yet. */
export interface AppMessage {
  readonly startLine: string;
  readonly headers: Headers;
  readonly body: string;
}

export interface AppCommand {
  readonly id: string;
  readonly type: string;
  /** The tokens after the type. */
  readonly args: readonly string[];
  readonly message: AppMessage | undefined;
}

export function parseCommand(payload: string): AppCommand {
  const lineEnd = payload.indexOf('\r\n');
  const tokens = (lineEnd < 0 ? payload : payload.slice(0, lineEnd)).split('|');
  return {
    id: tokens[0] ?? '',
    type: tokens[1] ?? '',
    args: tokens.slice(2),
    message: lineEnd < 0 ? undefined : parseAppMessage(payload.slice(lineEnd + 2)),
  };
}

const NAME = /^[A-Za-z0-9.!%*_+`'~-]+$/;

/** Start line, `Name: value` lines (others are dropped), empty line, body. */
function parseAppMessage(text: string): AppMessage {
  const headEnd = text.indexOf('\r\n\r\n');
  const head = headEnd < 0 ? text : text.slice(0, headEnd);
  const headers = new Headers();
  const firstEnd = head.indexOf('\r\n');
  const startLine = firstEnd < 0 ? head : head.slice(0, firstEnd);
  for (let at = firstEnd < 0 ? head.length : firstEnd + 2; at < head.length; ) {
    const end = head.indexOf('\r\n', at);
    readLine(head.slice(at, end < 0 ? head.length : end), headers);
    at = end < 0 ? head.length : end + 2;
  }
  return { startLine: startLine.trim(), headers, body: headEnd < 0 ? '' : text.slice(headEnd + 4) };
}

function readLine(line: string, headers: Headers): void {
  const colon = line.indexOf(':');
  if (colon <= 0) return;
  const name = line.slice(0, colon).trim();
  // A lone CR or LF would become a header of its own further on.
  const value = line.slice(colon + 1).replace(/[\r\n\0]+/g, ' ');
  if (NAME.test(name)) headers.add(name, value.trim());
}
