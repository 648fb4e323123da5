/** Lines of transcripts about routes, menus and messages. */
import type { Directory } from '../../call-router/state/directory';
import type { Calendar } from '../../call-router/state/office';
import { calendarIdOf, mailboxIdOf, routePlanIdOf, timerIdOf, userIdOf } from '../../call-router/values/ids';
import { withPlans } from '../fakes/plans';
import type { Player, Step } from './transcript';

export const planSteps: readonly (readonly [RegExp, Step])[] = [
  [/^with routes$/, (p) => changed(p, withPlans)],
  [/^hours are (open|closed|automatic)$/, (p, [, to]) => changed(p, (office) => turned(office, to))],
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

function withoutPlan(office: Directory, id: string): Directory {
  const plans = new Map(office.plans);
  plans.delete(routePlanIdOf(id));
  return { ...office, plans };
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
