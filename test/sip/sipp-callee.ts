/**
 * SIPp as a phone or a provider that is called: answers each call as the scenario says, and our OPTIONS by the way (they
 * would count as calls of its own otherwise).
 */
import { readFileSync } from 'node:fs';
import { until } from '../service/running-office';
import { Sipp } from './run-sipp';
import { keepInvite, respondInDialog } from './scenarios';

const optionsOrCall = `
  <recv request="INVITE" optional="true" next="1" rrs="true">${keepInvite}</recv>
  <recv request="OPTIONS"></recv>
  ${respondInDialog().replace('[last_To:]', '[last_To:];tag=[pid]o[call_number]')}
  <nop next="2"></nop>
  <label id="1"/>
  <nop><action><log message="called [call_id] [$11] [$12] [$13] [$14] [$15]"/></action></nop>`;

/** @param steps what follows the INVITE. Resolves when SIPp listens at the port. */
export async function sippCallee(port: number, steps: readonly string[]): Promise<Sipp> {
  const callee = new Sipp({
    steps: [optionsOrCall, ...steps, '<label id="2"/>', '<nop></nop>'].join('\n'),
    localPort: port,
    calls: 'any',
    timeoutS: 30,
  });
  await until(async () => isBound(port), Boolean);
  return callee;
}

/** Linux lists sockets by address and port in hexadecimal. */
function isBound(port: number): boolean {
  return readFileSync('/proc/net/udp', 'latin1').includes(`:${port.toString(16).toUpperCase().padStart(4, '0')} 0000`);
}
