// A `sip` command: which of the four things it is follows from what it carries (order as in drachtio-server): a response, a request
// in a dialog, a CANCEL, a new request.

import type { Core } from '../core';
import { answer } from '../uas/answer';
import { sendCancel } from '../uac/send-cancel';
import { sendInDialog } from '../uac/send-in-dialog';
import { sendNew } from '../uac/send-new';
import type { AppConnection } from './app-connection';
import type { AppCommand } from './command';

export function runCommand(core: Core, app: AppConnection, command: AppCommand): void {
  if (command.type === 'proxy') return app.replyProblem(command.id, 'proxy is not supported by this engine');
  const { message, args } = command;
  const transactionId = args[0] ?? '';
  const dialogId = args[1] ?? '';
  if (!message || message.startLine === '') return app.close(command.id, 'NO|Invalid message format');
  const full = { ...command, message };
  if (message.startLine.startsWith('SIP/')) {
    if (transactionId === '') return app.close(command.id, 'NO|transaction id missing');
    return answer(core, app, full);
  }
  if (args.length < 2) return app.close(command.id, 'NO|Invalid message format');
  const line = parseRequestLine(message.startLine);
  if (!line) return app.replyProblem(command.id, `invalid request-uri: ${message.startLine}`);
  const request = { commandId: command.id, message, ...line };
  if (dialogId !== '') return sendInDialog(core, app, { ...request, dialogId });
  if (transactionId !== '') return sendCancel(core, app, { ...request, transactionId });
  return sendNew(core, app, { ...request, proxy: args[2] ?? '' });
}

function parseRequestLine(line: string): { readonly method: string; readonly uri: string } | undefined {
  const match = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(line);
  return match ? { method: match[1] ?? '', uri: match[2] ?? '' } : undefined;
}
