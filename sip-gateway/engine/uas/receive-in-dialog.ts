// A request inside a dialog: order of CSeq, INVITEs that cross, BYE; then on to the application that owns the dialog.
// RFC 3261 §12.2.2, §14.2, §15.1.2.

import { reportCdr } from '../cdr';
import type { Core } from '../core';
import type { Dialog } from '../dialog/dialog';
import { endAfterBye } from '../dialog/end';
import { uriOf } from '../message/name-addr';
import type { SipRequest } from '../message/sip-message';
import { subscriptionOfNotify } from '../uac/subscription';
import { type Arrival, takeIn } from './arrival';
import { takePrack } from './reliable-provisional';
import { type Refusal, refuseRequest } from './stateless';

/** Requests that may move the peer's address (RFC 3261 §12.2.2, RFC 3311, RFC 6665). */
const REFRESHES: ReadonlySet<string> = new Set(['INVITE', 'UPDATE', 'SUBSCRIBE', 'NOTIFY']);

export function receiveInDialog(core: Core, arrival: Arrival): void {
  const { flow, request } = arrival;
  const dialog =
    core.dialogs.findOnWire(request.callId, request.toTag, request.fromTag) ?? subscriptionOfNotify(core, arrival);
  const refusal = dialog ? refusalOf(dialog, request) : { status: 481 };
  if (!dialog || refusal) return refuseRequest(core, flow, { request, refusal: refusal ?? { status: 481 } });
  dialog.remoteSeq = request.seq;
  dialog.flow = flow;
  const received = takeIn(core, arrival, { app: dialog.app, dialog });
  if (request.method === 'INVITE') dialog.openInvite = received;
  if (request.method === 'BYE') {
    reportCdr(core, 'stop', { source: 'network', note: 'normal-release', text: request.text });
    endAfterBye(core, dialog);
  }
  if (REFRESHES.has(request.method)) refreshTarget(dialog, request);
  dialog.app.sip({ source: 'network', text: request.text, flow, transactionId: received.id, dialogId: dialog.id });
  if (request.method === 'PRACK') takePrack(dialog);
}

function refusalOf(dialog: Dialog, request: SipRequest): Refusal | undefined {
  if (!dialog.app.isOpen) return { status: 481 };
  if (request.seq <= dialog.remoteSeq) return { status: 500, reason: 'CSeq Out Of Order' };
  if (request.method === 'PRACK' && !dialog.reliable?.matches(request)) return { status: 481 };
  if (request.method !== 'INVITE') return undefined;
  if (dialog.openInvite) return { status: 500, extra: 'Retry-After: 3\r\n' };
  if (dialog.openReinvite) return { status: 491 };
  return undefined;
}

function refreshTarget(dialog: Dialog, request: SipRequest): void {
  const contact = request.headers.first('contact');
  const uri = contact === undefined ? '' : uriOf(contact);
  if (uri !== '') dialog.remoteTarget = uri;
}
