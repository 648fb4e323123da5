/**
 * INFO in the dialog of a leg: keys that a phone tells by signalling (application/dtmf-relay and application/dtmf, which no
 * RFC describes). Media counts each key once, should it also come as RFC 4733. Everything else as RFC 6086 sections 4.2.2
 * and 10.10 say: an empty INFO is fine, a package or body nobody asked for is refused by name.
 */
import type { SipEvent } from '../call-router/event';
import { callOfLeg } from '../call-router/values/ids';
import type { GatewayClock } from './clock';
import type { SipLeg } from './legs';
import type { ReceivedRequest } from './srf-link';
import { headerOf } from './srf-message';

export interface InfoParts {
  readonly clock: GatewayClock;
  readonly post: (event: SipEvent) => void;
}

export interface InfoDigit {
  readonly digit: string;
  readonly durationMs: number;
}

const durationMs = 160;
const durationMinMs = 40;
const durationMaxMs = 5_000;
const keysOf: Readonly<Record<string, string>> = { '10': '*', '11': '#', '12': 'A', '13': 'B', '14': 'C', '15': 'D' };

export function receiveInfo(parts: InfoParts, leg: SipLeg, request: ReceivedRequest): void {
  const { link } = leg;
  // RFC 6086 section 4.2.2 has 469 for it, which drachtio-srf 5.0.29 refuses to send; Recv-Info says the same.
  if (headerOf(request, 'info-package') !== undefined)
    return link.reply(request, 415, { headers: { 'Recv-Info': '' } });
  const type = (headerOf(request, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const body = request.body ?? '';
  if (type === '' || body.trim() === '') return link.reply(request, 200);
  if (type !== 'application/dtmf-relay' && type !== 'application/dtmf')
    return link.reply(request, 415, { headers: { Accept: 'application/dtmf-relay, application/dtmf' } });
  link.reply(request, 200);
  const pressed = type === 'application/dtmf' ? digitOf(body, durationMs) : relayedDigit(body);
  if (pressed === undefined || leg.in !== 'confirmed') return;
  const happened = { from: 'sip', at: parts.clock.now(), call: callOfLeg(leg.id), leg: leg.id } as const;
  parts.post({ ...happened, type: 'info-digit-received', ...pressed });
}

/** `Signal=5` and `Duration=160`, a line each, in any case and with any spaces. */
export function relayedDigit(body: string): InfoDigit | undefined {
  const signal = /^[ \t]*signal[ \t]*=[ \t]*(\S{1,2})[ \t]*$/im.exec(body)?.[1];
  const duration = /^[ \t]*duration[ \t]*=[ \t]*(\d{1,6})[ \t]*$/im.exec(body)?.[1];
  return signal === undefined ? undefined : digitOf(signal, duration === undefined ? durationMs : Number(duration));
}

function digitOf(text: string, asked: number): InfoDigit | undefined {
  const key = text.trim().toUpperCase();
  const digit = keysOf[key] ?? key;
  if (!/^[0-9*#A-D]$/.test(digit)) return undefined; // a flash hook is no digit
  return { digit, durationMs: Math.min(durationMaxMs, Math.max(durationMinMs, asked)) };
}
