// Via values: what transaction matching and the way back need, and the annotation of a received request.
// RFC 3261 §18.2, §20.42; RFC 3581 (rport).

import { parameterOf } from './parameter';
import { parseHostPort } from './uri';

export interface Via {
  readonly transport: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly branch: string;
  /** What the sender asked for with `;rport`: undefined if it did not. */
  readonly rport: string | undefined;
  readonly maddr: string | undefined;
}

/** Undefined if the value is no Via of SIP/2.0. */
export function parseVia(value: string): Via | undefined {
  const space = sentByStart(value);
  if (space < 0) return undefined;
  const semicolon = value.indexOf(';', space);
  const sentBy = value.slice(space, semicolon < 0 ? value.length : semicolon).trim();
  const hostPort = parseHostPort(sentBy);
  if (!hostPort) return undefined;
  const transport = transportOf(value, space);
  if (transport === undefined) return undefined;
  if (semicolon < 0) return { transport, ...hostPort, branch: '', rport: undefined, maddr: undefined };
  return {
    transport,
    host: hostPort.host,
    port: hostPort.port,
    branch: parameterOf(value, 'branch', semicolon) ?? '',
    rport: parameterOf(value, 'rport', semicolon),
    maddr: parameterOf(value, 'maddr', semicolon) || undefined,
  };
}

/** Where sent-by starts: after `SIP/2.0/UDP` and its white space (slashes may have white space around them). */
function sentByStart(value: string): number {
  if (value.startsWith('SIP/2.0/')) {
    const space = value.indexOf(' ', 8);
    if (space > 8) return space;
  }
  const loose = /^SIP\s*\/\s*2\.0\s*\/\s*[A-Za-z-]+\s+/i.exec(value);
  return loose ? loose[0].length : -1;
}

function transportOf(value: string, end: number): string | undefined {
  const slash = value.lastIndexOf('/', end - 1);
  const transport = value
    .slice(slash + 1, end)
    .trim()
    .toLowerCase();
  return /^[a-z-]+$/.test(transport) ? transport : undefined;
}

/** The first value of a Via field that may hold several. */
export function firstOfList(value: string): string {
  const comma = value.indexOf(',');
  return comma < 0 ? value : value.slice(0, comma).trimEnd();
}

/** True if the sender sits behind address translation as far as the Via tells: it names another address than it sends from. */
export function isBehindNat(via: Via, sourceAddress: string): boolean {
  return via.host !== sourceAddress;
}

/** The Via as a server passes it on: with `received` if the source differs, `rport` if asked for or if the sender is behind NAT. */
export function annotatedVia(
  value: string,
  via: Via,
  source: { readonly address: string; readonly port: number },
): string {
  const isNat = isBehindNat(via, source.address);
  let text = value;
  if (via.rport !== undefined) text = text.replace(/;\s*rport(\s*=\s*[^;\s]*)?/i, `;rport=${source.port}`);
  else if (isNat) text += `;rport=${source.port}`;
  if (isNat) text = `${text.replace(/;\s*received\s*=\s*[^;\s]*/i, '')};received=${source.address}`;
  return text;
}
