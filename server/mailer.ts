/**
 * E-mail for notices, where SMTP is set up: every few seconds those that were not sent yet. A server that is away is asked again
 * for an hour; what is older is read at the desk. Addresses and texts are never logged.
 */
import { createTransport } from 'nodemailer';
import type { MailAccount } from '../prisma/desk-records';
import type { AskReading } from './api/deps';
import type { Clock } from './clock';
import { repeat } from './repeat';
import type { MailText } from './mail-sentences';
import { mailText } from './mail-texts';

export interface MailerParts {
  readonly reading: AskReading;
  readonly clock: Clock;
  readonly log: { readonly warn: (fields: object, message: string) => void };
}

const everyMs = 10_000;
const triedForMs = 3_600_000;
const timeoutMs = 15_000;

/** @returns a function that stops it and resolves when nothing is under way. */
export const startMailer = (parts: MailerParts): (() => Promise<void>) =>
  repeat(parts.clock, {
    everyMs,
    task: () => sendNotices(parts),
    failed: (error) => parts.log.warn({ error: nameOf(error) }, 'e-mail could not be sent; tried again'),
  });

/** One look. Rejects where the server cannot be reached; what was sent until then is noted. Exported for tests. */
export async function sendNotices({ reading, clock }: MailerParts): Promise<void> {
  const account = await reading('load-mail-account', undefined);
  if (account === undefined) return;
  const notices = await reading('unmailed-notices', { since: clock.now() - triedForMs });
  if (notices.length === 0) return;
  const nowhere = notices.filter(({ address }) => address === undefined).map(({ id }) => id);
  if (nowhere.length > 0) await reading('notices-mailed', { ids: nowhere });
  const transport = transportOf(account);
  try {
    for (const { id, text, language, address } of notices) {
      if (address === undefined) continue;
      await transport.sendMail({ from: account.from, to: address, ...mailText(text, language) });
      await reading('notices-mailed', { ids: [id] });
    }
  } finally {
    transport.close();
  }
}

export interface OneMail {
  readonly to: string;
  readonly text: MailText;
}

/** One mail at once, for somebody who waits for the outcome. Never rejects. */
export async function sendMail(
  { reading, log }: Pick<MailerParts, 'reading' | 'log'>,
  { to, text }: OneMail,
): Promise<'sent' | 'not-set-up' | 'failed'> {
  const account = await reading('load-mail-account', undefined);
  if (account === undefined) return 'not-set-up';
  const transport = transportOf(account);
  try {
    await transport.sendMail({ from: account.from, to, ...text });
    return 'sent';
  } catch (error) {
    log.warn({ error: nameOf(error) }, 'an e-mail could not be sent');
    return 'failed';
  } finally {
    transport.close();
  }
}

/** No file and no URL is ever read for a mail; a server without TLS must be chosen as such. */
function transportOf({ host, port, security, username, password }: MailAccount) {
  return createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(username === undefined ? {} : { auth: { user: username, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** What a mail server says may quote addresses. */
function nameOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown';
}
