// A request outside any dialog: refused by the engine where RFC 3261 leaves no choice, else passed to an application in turn.

import { reportCdr } from '../cdr';
import type { Core } from '../core';
import { dialogIdOf } from '../dialog/dialog';
import { type Arrival, takeIn } from './arrival';
import { type Refusal, refuseRequest, RETRY_AFTER_SECONDS } from './stateless';

/** Methods that make sense only inside a dialog or for a known transaction. */
const NEEDS_DIALOG: ReadonlySet<string> = new Set(['BYE', 'PRACK', 'UPDATE']);

const KNOWN: ReadonlySet<string> = new Set([
  'INVITE',
  'REGISTER',
  'MESSAGE',
  'OPTIONS',
  'INFO',
  'NOTIFY',
  'SUBSCRIBE',
  'PUBLISH',
  'REFER',
]);

export function receiveNew(core: Core, arrival: Arrival): void {
  const { flow, request } = arrival;
  // Who speaks over a page's socket is known already, and a whole office may come at once after a restart, from one address.
  if (flow.account === undefined && !core.guard.allowsNew(flow.remoteAddress)) return;
  const refusal = refusalOf(core, arrival);
  if (refusal) return refuseRequest(core, flow, { request, refusal });
  const app = core.apps.appFor(request.method.toLowerCase());
  if (!app) return refuseRequest(core, flow, { request, refusal: unrouted(core, request.method) });
  const received = takeIn(core, arrival, { app });
  if (request.method === 'INVITE') reportCdr(core, 'attempt', { source: 'network', note: '', text: request.text });
  app.sip({
    source: 'network',
    text: request.text,
    flow,
    transactionId: received.id,
    dialogId: '',
    receivedOn: `${flow.localAddress}|${flow.localPort}`,
  });
}

function refusalOf(core: Core, { request }: Arrival): Refusal | undefined {
  if (NEEDS_DIALOG.has(request.method)) return { status: 481 };
  if (core.received.size >= core.limits.openRequestsMax) return busy(core);
  if (request.method !== 'INVITE' && request.method !== 'SUBSCRIBE') return undefined;
  if (!request.headers.has('contact')) return { status: 400, reason: 'Missing Contact' };
  if (request.fromTag === '') return { status: 400, reason: 'Missing From Tag' };
  // drachtio-srf tells open INVITEs apart by Call-ID only: one that borrows it would take the CANCEL of the other.
  if (request.method === 'INVITE' && core.ringingCallIds.has(request.callId)) return { status: 482 };
  // The same INVITE over two ways (RFC 3261 §8.2.2.2): its dialog is there already.
  if (core.dialogs.find(dialogIdOf(request.callId, request.fromTag))) return { status: 482 };
  return undefined;
}

function busy(core: Core): Refusal {
  core.counters.refusedBusy++;
  return { status: 503, extra: `Retry-After: ${RETRY_AFTER_SECONDS}\r\n` };
}

/** Nobody asked for this method. */
function unrouted(core: Core, method: string): Refusal {
  return KNOWN.has(method) || !core.apps.hasApps ? busy(core) : { status: 501 };
}
