/** The message lamp: how many messages wait, as an application/simple-message-summary (RFC 3842 section 5). Pure. */

export const messageSummaryType = 'application/simple-message-summary';

export interface MessageCount {
  readonly newMessages: number;
  readonly oldMessages: number;
}

/** @param account URI of the mailbox, as its phone named it. */
export function messageSummary({ newMessages, oldMessages }: MessageCount, account: string): string {
  const waiting = newMessages > 0 ? 'yes' : 'no';
  return `Messages-Waiting: ${waiting}\r\nMessage-Account: ${account}\r\nVoice-Message: ${newMessages}/${oldMessages}\r\n`;
}
