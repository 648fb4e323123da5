// The application's answer to a request: completed, sent, and what it means for the dialog. Also the answers the engine gives
// itself to a request it had passed on (487 after CANCEL, 408 for an application that never speaks).

import type { AppConnection } from '../app-link/app-connection';
import type { AppCommand, AppMessage } from '../app-link/command';
import type { Core } from '../core';
import { dialogIdOf } from '../dialog/dialog';
import { saysTerminated } from '../dialog/subscription-end';
import { reportCdr } from '../cdr';
import { newTag } from '../ids';
import { tagOf } from '../message/name-addr';
import { reasonOf } from '../message/status';
import { ownContact } from '../uac/compose-request';
import { ownUri } from '../transport/flow';
import { appLines } from './app-lines';
import { dropEarlyDialog, ensureDialog } from './made-dialog';
import { isNewInvite, succeed } from './success';
import type { ReceivedRequest } from './received-request';
import { nextRseq, ReliableProvisional } from './reliable-provisional';
import { responseText } from './response-text';

interface Status {
  readonly status: number;
  readonly reason: string;
}

interface Answer extends Status {
  readonly app: AppConnection;
  readonly commandId: string;
  readonly message: AppMessage;
  readonly received: ReceivedRequest;
}

/** A `sip` command whose start line is a status line. */
export function answer(core: Core, app: AppConnection, command: AppCommand & { readonly message: AppMessage }): void {
  const received = core.received.get(command.args[0] ?? '');
  const status = parseStatus(command.message.startLine);
  if (!received || received.app !== app)
    return app.replyProblem(command.id, 'Response not sent due to unknown transaction');
  if (!status) return app.replyProblem(command.id, `invalid status line: ${command.message.startLine}`);
  if (!received.flow.isOpen) {
    if (status.status >= 200) finish(core, received, status.status);
    return app.replyProblem(command.id, 'transport for response has been shutdown or closed');
  }
  send(core, { app, commandId: command.id, message: command.message, received, ...status });
}

function parseStatus(line: string): Status | undefined {
  const match = /^SIP\/2\.0 ([1-6]\d\d) ?(.*)$/.exec(line);
  return match ? { status: Number(match[1]), reason: match[2] ?? '' } : undefined;
}

function send(core: Core, answer: Answer): void {
  const { app, commandId, message, received, status } = answer;
  takeTag(received, message, status);
  const isReliable = status > 100 && status < 200 && asksReliable(message);
  if (isReliable && !supportsReliable(received))
    return app.replyProblem(commandId, 'Remote endpoint does not support 100rel');
  const makesDialog = received.request.method === 'INVITE' || received.request.method === 'SUBSCRIBE';
  if (makesDialog && status > 100 && status < 300) ensureDialog(core, received);
  const pending = received.dialog?.reliable;
  if (pending?.isPending && (isReliable || (status < 300 && status >= 200 && pending.hasBody))) {
    return pending.whenAcknowledged(() => sendNow(core, answer, isReliable));
  }
  sendNow(core, answer, isReliable);
}

function sendNow(core: Core, { app, commandId, message, received, status, reason }: Answer, isReliable: boolean): void {
  if (!core.received.has(received.id))
    return app.replyProblem(commandId, 'Response not sent due to unknown transaction');
  const contact = contactOf(received, { status, given: message.headers.first('contact'), isReliable });
  if (received.dialog && contact !== '') received.dialog.contact = contact;
  const rseq = isReliable && received.dialog ? nextRseq(received.dialog) : 0;
  const contactLine = contact === '' ? '' : `Contact: ${contact}\r\n`;
  const text = responseText(received, {
    status,
    reason: reason === '' ? reasonOf(status) : reason,
    lines: `${contactLine}${rseq > 0 ? `RSeq: ${rseq}\r\n` : ''}${appLines(message.headers)}`,
    body: message.body,
    hasContentType: message.headers.has('content-type'),
  });
  calmPatience(core, received);
  if (status >= 200) finish(core, received, status);
  received.transaction.respond(status, text);
  if (isTakenFrom(received, status)) core.guard.noteProven(received.flow.remoteAddress);
  if (status >= 200 && status < 300) succeed(core, received, { message, text });
  else if (status >= 300 && isNewInvite(received))
    reportCdr(core, 'stop', { source: 'application', note: 'call-rejected', text });
  if (rseq > 0) repeatUntilPrack(core, received, { rseq, text, hasBody: message.body !== '' });
  app.replyResponseSent(commandId, { text, flow: received.flow, transactionId: received.id }, echoDialogId(received));
}

const TAKES_IN: ReadonlySet<string> = new Set(['INVITE', 'REGISTER', 'SUBSCRIBE']);

/** The application lets in whoever sent it. OPTIONS says nothing: some answer that to anybody. */
function isTakenFrom({ request }: ReceivedRequest, status: number): boolean {
  return status > 100 && status < 300 && TAKES_IN.has(request.method);
}

/** The first response above 100 fixes our tag, for good. */
function takeTag(received: ReceivedRequest, message: AppMessage, status: number): void {
  if (status > 100 && received.localTag === '')
    received.localTag = tagOf(message.headers.first('to') ?? '') || newTag();
}

function asksReliable(message: AppMessage): boolean {
  return message.headers.all('require').some((value) => /\b100rel\b/i.test(value));
}

function supportsReliable({ request }: ReceivedRequest): boolean {
  const offered = [...request.headers.all('supported'), ...request.headers.all('require')];
  return request.method === 'INVITE' && offered.some((value) => /\b100rel\b/i.test(value));
}

/**
 * Our Contact: what the application gave, else our address, on every response that makes or refreshes a dialog
 * (RFC 3261 §12.1.1: also provisional ones), on any answer to INVITE or SUBSCRIBE inside one, and where REFER was accepted
 * (RFC 3515 §2.2).
 */
function contactOf(
  received: ReceivedRequest,
  answer: { status: number; given: string | undefined; isReliable: boolean },
): string {
  const { status, given } = answer;
  if (given !== undefined) return ownContact(given, received.flow);
  const { method, toTag } = received.request;
  const isOwn = method === 'INVITE' || method === 'SUBSCRIBE';
  const isWanted = isOwn
    ? status > 100 && (status < 300 || toTag !== '')
    : (method === 'UPDATE' || method === 'REFER') && status >= 200 && status < 300;
  if (!isWanted) return '';
  return toTag !== '' && received.dialog
    ? ownContact(received.dialog.contact, received.flow)
    : `<${ownUri(received.flow)}>`;
}

function repeatUntilPrack(
  core: Core,
  received: ReceivedRequest,
  sent: { rseq: number; text: string; hasBody: boolean },
): void {
  const { dialog } = received;
  if (!dialog) return;
  dialog.reliable = new ReliableProvisional(core.clock, {
    seq: received.request.seq,
    rseq: sent.rseq,
    hasBody: sent.hasBody,
    repeat: () => received.transaction.resend(sent.text),
    givenUp: () => answerByEngine(core, received, { status: 504, reason: 'No PRACK' }),
  });
}

function calmPatience(core: Core, received: ReceivedRequest): void {
  if (received.patience) core.clock.cancel(received.patience);
  received.patience = undefined;
}

/** After a final response nothing more is taken from the application. */
function finish(core: Core, received: ReceivedRequest, status: number): void {
  calmPatience(core, received);
  core.received.delete(received.id);
  if (received.request.method === 'INVITE') {
    core.receivedInvites.delete(received.transaction.key);
    if (isNewInvite(received)) core.ringingCallIds.delete(received.request.callId);
    if (received.dialog?.openInvite === received) received.dialog.openInvite = undefined;
    received.dialog?.reliable?.stop();
  }
  if (status >= 300) dropEarlyDialog(core, received);
  const { request, dialog } = received;
  if (request.method === 'NOTIFY' && dialog?.method === 'SUBSCRIBE' && saysTerminated(request.headers))
    core.dialogs.remove(dialog);
}

function echoDialogId(received: ReceivedRequest): string {
  const { request, dialog } = received;
  if (dialog) return request.method === 'BYE' ? '' : dialog.id;
  const makesDialog = request.method === 'INVITE' || request.method === 'SUBSCRIBE';
  return makesDialog ? dialogIdOf(request.callId, request.fromTag) : '';
}

/** A final response of the engine itself. Does nothing if the application was faster. */
export function answerByEngine(
  core: Core,
  received: ReceivedRequest,
  { status, reason }: { status: number; reason?: string },
): void {
  if (!core.received.has(received.id)) return;
  if (received.localTag === '') received.localTag = newTag();
  finish(core, received, status);
  const parts = { status, reason: reason ?? reasonOf(status), lines: '', body: '', hasContentType: true };
  received.transaction.respond(status, responseText(received, parts));
}
