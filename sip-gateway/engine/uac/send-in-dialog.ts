// A request of the application inside a dialog, and the engine's own BYE. From, To, Call-ID, CSeq and routes are the dialog's.
// RFC 3261 §12.2.1, §14.1, §15.1.1.

import type { AppConnection } from '../app-link/app-connection';
import type { AppMessage } from '../app-link/command';
import { reportCdr } from '../cdr';
import type { Core } from '../core';
import type { Dialog } from '../dialog/dialog';
import { nextHopOf, routedTo } from '../dialog/next-hop';
import { newBranch, newTransactionId } from '../ids';
import type { Flow } from '../transport/flow';
import { attempt } from './attempt';
import { composeRequest, type RequestDraft } from './compose-request';
import { endUnsent } from './receive-answer';
import { sendAck } from './send-ack';
import { cancelOnWire } from './send-cancel';
import type { SentRequest, Target } from './sent-request';

export interface InDialogRequest {
  readonly commandId: string;
  readonly dialogId: string;
  readonly method: string;
  readonly uri: string;
  readonly message: AppMessage;
}

/** Methods whose requests carry our Contact. */
const WITH_CONTACT: ReadonlySet<string> = new Set(['INVITE', 'SUBSCRIBE', 'REFER', 'UPDATE', 'NOTIFY']);

export function sendInDialog(core: Core, app: AppConnection, request: InDialogRequest): void {
  const { commandId, method, message } = request;
  if (method === 'ACK') return sendAck(core, app, request);
  const dialog = core.dialogs.find(request.dialogId);
  const problem = problemOf(dialog, request);
  if (!dialog || problem !== undefined) {
    return app.replyProblem(commandId, `Server error: ${problem ?? 'unable to find dialog for dialog id provided'}`);
  }
  // Only BYE may find a re-INVITE open: that is cancelled first.
  if (method === 'BYE' && dialog.openReinvite) cancelOnWire(core, dialog.openReinvite);
  launchInDialog(core, dialog, {
    method,
    uri: request.uri.includes('placeholder') ? undefined : request.uri,
    message,
    app,
    commandId,
    sent: (text, flow, transactionId) => {
      app.replyRequestSent(commandId, { text, flow, transactionId });
      if (method === 'BYE') reportCdr(core, 'stop', { source: 'application', note: 'normal-release', text });
    },
    refused: (reason) => app.replyProblem(commandId, `Server error: ${reason}`),
  });
}

function problemOf(dialog: Dialog | undefined, { method, message }: InDialogRequest): string | undefined {
  if (!dialog) return undefined;
  if (message.body !== '' && !message.body.startsWith('v=0') && !message.headers.has('content-type'))
    return 'missing content-type';
  if (method === 'PRACK' && !message.headers.has('rack')) return 'missing RAck';
  if (method === 'PRACK' && dialog.state !== 'early') return 'unable to find IIP when sending PRACK';
  return undefined;
}

export interface InDialogLaunch {
  readonly method: string;
  /** Undefined: the remote target. */
  readonly uri: string | undefined;
  readonly message: AppMessage;
  /** Who gets the responses; undefined for requests of the engine itself. */
  readonly app: AppConnection | undefined;
  readonly commandId?: string;
  sent(text: string, flow: Flow, transactionId: string): void;
  refused(reason: string): void;
}

export function launchInDialog(core: Core, dialog: Dialog, launch: InDialogLaunch): void {
  // One INVITE at a time, in either direction (RFC 3261 §14.1): refused here as the peer would.
  if (launch.method === 'INVITE' && launch.commandId !== undefined && (dialog.openInvite ?? dialog.openReinvite)) {
    return endUnsent(core, newSent(dialog, launch), { commandId: launch.commandId, status: 491 });
  }
  dialog.localSeq++;
  const contact = launch.message.headers.first('contact');
  // Target refresh: from now on this is our Contact (RFC 3261 §12.2.1.2).
  if (contact !== undefined && WITH_CONTACT.has(launch.method)) dialog.contact = contact;
  const sent = newSent(dialog, launch);
  if (launch.method === 'INVITE') dialog.openReinvite = sent;
  const hop = nextHopOf(core.aliases, dialog);
  if (hop.kind === 'flow') return start(core, { sent, launch, targets: [{ kind: 'flow', flow: hop.flow }] });
  core.resolver.resolve(hop.uri, (resolution) => {
    const places = resolution.ok ? resolution.places : [];
    start(core, { sent, launch, targets: places.map((place) => ({ kind: 'address' as const, ...place })) });
  });
}

function start(
  core: Core,
  { sent, launch, targets }: { sent: SentRequest; launch: InDialogLaunch; targets: readonly Target[] },
): void {
  const { dialog } = sent;
  sent.targets.push(...targets);
  // A BYE must not overtake the ACK to our 2xx (RFC 3261 §15): it waits for it, or for the end of the wait.
  if (sent.method === 'BYE' && dialog?.unacknowledged) {
    dialog.heldBye = () => void attempt(core, sent);
    return holdBye(core, sent, launch);
  }
  const isSent = attempt(core, sent, (text, flow) => {
    core.sent.set(sent.id, sent);
    launch.sent(text, flow, sent.id);
  });
  if (isSent) return;
  if (launch.app && launch.commandId !== undefined)
    return endUnsent(core, sent, { commandId: launch.commandId, status: 503 });
  launch.refused('no way to the peer');
}

/** The echo of a held BYE: what will be sent, as if it had been. */
function holdBye(core: Core, sent: SentRequest, launch: InDialogLaunch): void {
  const { dialog } = sent;
  if (!dialog) return;
  core.sent.set(sent.id, sent);
  const echo = composeRequest(sent.draft, dialog.flow, newBranch());
  launch.sent(echo.text, dialog.flow, sent.id);
}

function newSent(dialog: Dialog, { method, uri, message, app }: InDialogLaunch): SentRequest {
  return {
    id: newTransactionId(),
    method,
    app,
    dialogId: dialog.id,
    draft: draftOf(dialog, { method, uri: uri ?? dialog.remoteTarget, message }),
    targets: [],
    dialog,
    forks: [],
    flow: undefined,
    outgoing: undefined,
    transaction: undefined,
    cancel: 'none',
    cancelLines: '',
    hasFinal: false,
    cancelTimer: undefined,
    acks: new Map(),
  };
}

export function draftOf(dialog: Dialog, request: { method: string; uri: string; message: AppMessage }): RequestDraft {
  const { method, message } = request;
  const routed = routedTo(dialog, request.uri);
  const contact = message.headers.first('contact') ?? (WITH_CONTACT.has(method) ? dialog.contact : undefined);
  return {
    method,
    uri: routed.uri,
    from: dialog.localParty,
    fromTag: dialog.localTag,
    to: dialog.remoteParty,
    callId: dialog.callId,
    seq: dialog.localSeq,
    routes: routed.routes,
    contact,
    headers: message.headers,
    body: message.body,
  };
}
