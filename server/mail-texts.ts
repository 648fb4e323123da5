/** What an e-mail says of a notice. It names what waits, not the client: mail is read by more eyes than the desk. */
import { assertNever } from '../call-router/values/assert';
import type { AlarmKind, NoticeText } from '../prisma/desk-records';

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

const alarms: Readonly<Record<AlarmKind, string>> = {
  'wrong-pin': 'somebody who called in from a mobile typed a wrong PIN too often',
  'fraud-limit': 'a person reached the limit of calls out and is stopped until you lift it',
  'forbidden-number': 'somebody called a number that is closed',
  'emergency-call': 'an emergency number was called',
  'many-calls-out': 'the route of a number leads unusually many calls outside at once',
  'prompt-missing':
    'the announcement that a call is recorded has no sound in the language of the call, which is not recorded',
};

export function mailText(notice: NoticeText): MailText {
  switch (notice.kind) {
    case 'new-lead':
      return { subject: 'A new lead is yours', text: 'A new lead waits for you at your desk: Leads.' };
    case 'lead-passed-on':
      return {
        subject: 'A lead was passed on to you',
        text: 'Nobody opened this lead in time; it waits for you at your desk: Leads.',
      };
    case 'message':
      return {
        subject: `New voicemail: ${notice.parameters.mailbox}`,
        text: `There is a new message in the mailbox ${notice.parameters.mailbox}. Dial *97, or open it at your desk.`,
      };
    case 'alarm': {
      const { alarm, userName } = notice.parameters;
      const who = userName === undefined ? '' : ` (${userName})`;
      return { subject: `Trunkline alarm: ${alarm}`, text: `Alarm: ${alarms[alarm]}${who}. See the settings: Alarms.` };
    }
    default:
      return assertNever(notice);
  }
}
