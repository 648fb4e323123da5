/** What an e-mail says of a notice. It names what waits, not the client: mail is read by more eyes than the desk. */
import type { Language } from '../call-router/state/office';
import { assertNever } from '../call-router/values/assert';
import type { NoticeText } from '../prisma/desk-records';
import { type MailText, mailSentences } from './mail-sentences';

/** In the language of who gets it. */
export function mailText(notice: NoticeText, language: Language): MailText {
  const says = mailSentences[language];
  switch (notice.kind) {
    case 'new-lead':
      return says.newLead;
    case 'lead-passed-on':
      return says.leadPassedOn;
    case 'message':
      return filledIn(says.message, { mailbox: notice.parameters.mailbox });
    case 'alarm': {
      const { alarm, userName } = notice.parameters;
      const who = userName === undefined ? '' : ` (${userName})`;
      return filledIn(says.alarm, { alarm: says.alarms[alarm], who });
    }
    default:
      return assertNever(notice);
  }
}

/** To whoever sets their own password by the link. */
export const invitationText = (
  values: { readonly name: string; readonly login: string; readonly link: string },
  language: Language,
): MailText => filledIn(mailSentences[language].invitation, { ...values });

const filledIn = ({ subject, text }: MailText, values: Readonly<Record<string, string>>): MailText => ({
  subject: filled(subject, values),
  text: filled(text, values),
});

const filled = (sentence: string, values: Readonly<Record<string, string>>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
