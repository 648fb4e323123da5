/** Lines of transcripts about routes, menus and messages. */
import type { Directory } from '../../call-router/state/directory';
import type { KeptMessage } from '../../call-router/state/person';
import type { Calendar } from '../../call-router/state/office';
import {
  calendarIdOf,
  callIdOf,
  callOfLeg,
  epochMs,
  mailboxIdOf,
  routePlanIdOf,
  timerIdOf,
  userIdOf,
} from '../../call-router/values/ids';
import { withPlans } from '../fakes/plans';
import type { Player, Step } from './transcript';

export const planSteps: readonly (readonly [RegExp, Step])[] = [
  [/^with routes$/, (p) => changed(p, withPlans)],
  [/^hours are (open|closed|automatic)$/, (p, [, to]) => changed(p, (office) => turned(office, to))],
  [/^mailbox (\S+) is removed$/, (p, [, id = '']) => changed(p, (office) => withoutMailbox(office, id))],
  [/^(\d+) is removed from the office$/, (p, [, who = '']) => changed(p, (office) => withoutUser(office, who))],
  [/^plan (\S+) is removed$/, (p, [, id = '']) => changed(p, (office) => withoutPlan(office, id))],
  [
    /^mailbox (\S+) has (\d+) messages$/,
    (p, [, id = '', n]) =>
      p.post({
        from: 'store',
        type: 'mailbox-counted',
        count: { mailbox: mailboxIdOf(id), newMessages: Number(n), oldMessages: 0 },
      }),
  ],
  [
    /^(attendant|look-up) timer fires$/,
    (p, [, timer = '']) => p.post({ from: 'clock', type: 'timer-fired', timer: timerIdOf(p.call, timer) }),
  ],
  [/^the end of (\S+) comes late to leg (\S+)$/, lateEnd],
  [/^leg (\S+) has no recording$/, noRecording],
  [/^store lists (.+)$/, storeLists],
  [/^crm finds a client of (\d+)$/, crmFindsClientOf],
];

function changed(p: Player, change: (office: Directory) => Directory): void {
  p.post({ from: 'store', type: 'directory-loaded', directory: change(p.pbx.board.view.directory) });
}

function turned(office: Directory, to = 'automatic'): Directory {
  const id = calendarIdOf('hours');
  const calendar = office.calendars.get(id);
  if (calendar === undefined) return office;
  const now: Calendar = { ...calendar, switch: to === 'open' || to === 'closed' ? to : 'automatic' };
  return { ...office, calendars: new Map(office.calendars).set(id, now) };
}

function withoutMailbox(office: Directory, id: string): Directory {
  const mailboxes = new Map(office.mailboxes);
  mailboxes.delete(mailboxIdOf(id));
  return { ...office, mailboxes };
}

/** With their phones. */
function withoutUser(office: Directory, extension: string): Directory {
  const gone = userIdOf(`u${extension}`);
  const users = new Map(office.users);
  users.delete(gone);
  const devices = new Map([...office.devices].filter(([, { userId }]) => userId !== gone));
  return { ...office, users, devices };
}

function withoutPlan(office: Directory, id: string): Directory {
  const plans = new Map(office.plans);
  plans.delete(routePlanIdOf(id));
  return { ...office, plans };
}

/** Of words that are said no more. */
function lateEnd(p: Player, [, tag = '', n = '']: readonly string[]): void {
  const leg = p.leg(n);
  p.post({ from: 'media', type: 'prompts-ended', call: callOfLeg(leg), leg, tag, how: 'cut' });
}

function noRecording(p: Player, [, n = '']: readonly string[]): void {
  const leg = p.leg(n);
  const tag = p.pbx.saidTo.get(leg) ?? '';
  p.post({ from: 'media', type: 'prompts-ended', call: callOfLeg(leg), leg, tag, how: 'not-there' });
}

/** `nothing`, or `m1 from 777123456 new, m2 from nobody old`: each two seconds into the recording of call c9, five long. */
function storeLists(p: Player, [, list = '']: readonly string[]): void {
  const messages = list === 'nothing' ? [] : list.split(', ').map(keptMessage);
  p.post({ from: 'store', type: 'messages-listed', call: p.call, leg: p.leg('1'), messages });
}

function keptMessage(text: string): KeptMessage {
  const [, id = '', from = '', age] = /^(\S+) from (\S+) (new|old)$/.exec(text) ?? [];
  return {
    id,
    inCall: callIdOf('c9'),
    fromMs: 2000,
    toMs: 7000,
    leftAt: epochMs(1),
    isNew: age === 'new',
    ...(from === 'nobody' ? {} : { callerNumber: from }),
  };
}

function crmFindsClientOf(p: Player, [, extension = '']: readonly string[]): void {
  const card = { kind: 'contact', id: 'ct1', name: 'Client', isNew: false } as const;
  p.post({
    from: 'crm',
    type: 'client-found',
    call: p.call,
    card: { ...card, responsibleUserId: userIdOf(`u${extension}`) },
    others: [],
  });
}
