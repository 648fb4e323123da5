/** SIP on the wire as the demo's own user agents read and write it: a small reader of their own, not the service's parser. */

export interface WireMessage {
  readonly startLine: string;
  /** Of a request; undefined for a response. */
  readonly method?: string;
  /** Of a response; undefined for a request. */
  readonly status?: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export function readMessage(text: string): WireMessage | undefined {
  const cut = text.indexOf('\r\n\r\n');
  if (cut < 0) return undefined;
  const [startLine = '', ...lines] = text.slice(0, cut).split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const status = /^SIP\/2\.0 (\d{3})/.exec(startLine)?.[1];
  const method = startLine.split(' ', 1)[0] ?? '';
  const kind = status === undefined ? { method } : { status: Number(status) };
  return { startLine, headers, body: text.slice(cut + 4), ...kind };
}

export function header(message: WireMessage, name: string): string {
  return message.headers.find(([key]) => key === name.toLowerCase())?.[1] ?? '';
}

export function headersNamed(message: WireMessage, name: string): readonly (readonly [string, string])[] {
  return message.headers.filter(([key]) => key === name.toLowerCase());
}

export function writeMessage(
  startLine: string,
  headers: readonly (readonly [name: string, value: string])[],
  body = '',
): string {
  const type = body === '' ? [] : ['Content-Type: application/sdp'];
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [startLine, ...lines, ...type, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
}

export const tagOf = (value: string): string => /;\s*tag=([^;\s]+)/i.exec(value)?.[1] ?? '';
export const uriOf = (value: string): string => /<([^>]+)>/.exec(value)?.[1] ?? value.split(';', 1)[0] ?? '';
/** Host and port a URI names; 5060 where it names none. */
export function placeOf(uri: string): { readonly host: string; readonly port: number } {
  const [, host = '127.0.0.1', port] = /^sips?:(?:[^@]*@)?(\[[^\]]+\]|[^:;>?]+)(?::(\d+))?/i.exec(uri) ?? [];
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? 5060) };
}
