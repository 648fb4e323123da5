// SIP and SIPS URIs, as far as routing needs them. RFC 3261 §19.1. Other schemes (tel:) are carried as text only.

import { isIP } from 'node:net';
import { parameterOf } from './parameter';

export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  readonly user: string;
  /** Without the brackets of an IPv6 reference. */
  readonly host: string;
  readonly port: number | undefined;
  /** Lower case; undefined if the URI names none. */
  readonly transport: string | undefined;
  readonly maddr: string | undefined;
}

const HOST = /^[A-Za-z0-9._-]+$/;

/** Undefined if the text is not a SIP or SIPS URI with a usable host. */
export function parseSipUri(text: string): SipUri | undefined {
  const colon = text.indexOf(':');
  const scheme = text.slice(0, colon).toLowerCase();
  if (scheme !== 'sip' && scheme !== 'sips') return undefined;
  const question = text.indexOf('?', colon);
  const rest = text.slice(colon + 1, question < 0 ? text.length : question);
  const at = rest.lastIndexOf('@');
  const place = rest.slice(at + 1);
  const semicolon = place.indexOf(';');
  const hostPort = parseHostPort(semicolon < 0 ? place : place.slice(0, semicolon));
  if (!hostPort) return undefined;
  const user = at < 0 ? '' : rest.slice(0, at);
  if (semicolon < 0) return { scheme, user, ...hostPort, transport: undefined, maddr: undefined };
  const transport = parameterOf(place, 'transport', semicolon)?.toLowerCase();
  return {
    scheme,
    user,
    ...hostPort,
    transport: transport || undefined,
    maddr: parameterOf(place, 'maddr', semicolon) || undefined,
  };
}

export interface HostPort {
  readonly host: string;
  readonly port: number | undefined;
}

/** `host`, `host:port`, `[v6]` or `[v6]:port`; undefined if it is none of them. */
export function parseHostPort(text: string): HostPort | undefined {
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    const host = text.slice(1, close);
    if (close < 0 || isIP(host) !== 6) return undefined;
    return close === text.length - 1 ? { host, port: undefined } : withPort(host, text.slice(close + 1));
  }
  const colon = text.indexOf(':');
  const host = (colon < 0 ? text : text.slice(0, colon)).trim();
  if (!HOST.test(host)) return undefined;
  return colon < 0 ? { host, port: undefined } : withPort(host, text.slice(colon));
}

function withPort(host: string, colonAndPort: string): HostPort | undefined {
  if (!/^\s*:\s*\d{1,5}\s*$/.test(colonAndPort)) return undefined;
  const port = Number(colonAndPort.slice(colonAndPort.indexOf(':') + 1));
  return port > 65535 || port === 0 ? undefined : { host, port };
}

/** A host as it stands in a URI or Via: IPv6 in brackets. */
export function hostText(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
