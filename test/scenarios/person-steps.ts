/** Lines of transcripts about what people set, what our voice says, and lamps. */
import type { Directory } from '../../call-router/state/directory';
import type { Person } from '../../call-router/state/person';
import type { Group } from '../../call-router/state/office';
import {
  calendarIdOf,
  callOfLeg,
  deviceIdOf,
  groupIdOf,
  mailboxIdOf,
  numberIdOf,
  sdpOf,
  timerIdOf,
  trunkIdOf,
  userIdOf,
} from '../../call-router/values/ids';
import type { Player, Step } from './transcript';

const userOf = (extension = '') => userIdOf(`u${extension}`);

export const personSteps: readonly (readonly [RegExp, Step])[] = [
  [/^leg (\S+) has heard it( until a digit)?$/, hasHeard],
  [
    /^api (holds|resumes|parks) leg (\S+)$/,
    (p, [, what, n = '']) =>
      p.post({ from: 'api', type: commands[what ?? ''] ?? 'park-asked', call: p.call, leg: p.leg(n) }),
  ],
  [/^park timer fires$/, (p) => p.post({ from: 'clock', type: 'timer-fired', timer: timerIdOf(p.call, 'park') })],
  [
    /^parking from (\d\d) to (\d\d)$/,
    (p, [, first = '', last = '']) =>
      changed(p, (office) => ({ ...office, parking: { ...office.parking, first, last } })),
  ],
  [/^(\S+) calls (\S+) replacing leg (\S+)( early only)?$/, callsReplacing],
  [/^trunk (\S+) calls (\S+) from (\S+) replacing leg (\S+)$/, trunkCallsReplacing],
  [
    /^in-call codes are (\d) for (recording|park)$/,
    (p, [, digit = '', code = '']) =>
      changed(p, (office) => {
        const inCall = { ...office.codes.inCall, [code]: digit };
        return { ...office, codes: { ...office.codes, inCall } };
      }),
  ],
  [/^(\d+) forwards (always|busy|noAnswer|unreachable) to (\S+)$/, forwards],
  [/^(\d+) wants no calls$/, (p, [, who]) => setFor(p, who, { doNotDisturb: true })],
  [/^(\d+) takes calls$/, (p, [, who]) => setFor(p, who, { doNotDisturb: false, forwards: {} })],
  [/^(\d+) rings (\d+) s$/, (p, [, who, s]) => setFor(p, who, { noAnswerS: Number(s) })],
  [
    /^mailbox of (\d+) has (\d+) new and (\d+) old$/,
    (p, [, who, newOnes, oldOnes]) => {
      const count = { mailbox: mailboxIdOf(`m${who}`), newMessages: Number(newOnes), oldMessages: Number(oldOnes) };
      p.post({ from: 'store', type: 'mailbox-counted', count });
    },
  ],
  [
    /^fallback of number (\S+) is (\d+)$/,
    (p, [, id, who]) =>
      changed(p, (office) => {
        const fallback = { to: 'user', userId: userOf(who) } as const;
        return { ...office, numbers: office.numbers.map((one) => (one.id === id ? { ...one, fallback } : one)) };
      }),
  ],
  [/^with lamps$/, (p) => void (p.lampsAreShown = true)],
  [/^pickup group of (\S+)$/, (p, [, people = '']) => changed(p, (office) => withGroup(office, people))],
  [/^line (\d\d) is number (\S+)$/, (p, [, line = '', id = '']) => changed(p, (office) => withLine(office, line, id))],
  [/^(\d+) has a mailbox$/, (p, [, extension = '']) => changed(p, (office) => withMailbox(office, extension))],
  [
    /^(\d+) may (no-recording|intercept-any)$/,
    (p, [, who = '', right]) => changed(p, (office) => withRight(office, who, right)),
  ],
  [/^a calendar is turned with (\S+)$/, (p, [, code = '']) => changed(p, (office) => withCalendar(office, code))],
  [
    /^phone (\S+) is gone$/,
    (p, [, device = '']) =>
      p.post({
        from: 'sip',
        type: 'bindings-changed',
        of: { kind: 'device', device: deviceIdOf(device) },
        bindings: [],
      }),
  ],
];

const commands: Readonly<Record<string, 'hold-asked' | 'resume-asked' | 'park-asked'>> = {
  holds: 'hold-asked',
  resumes: 'resume-asked',
};

/** `replaces` names the leg of ours towards the phone whose place is taken. */
function callsReplacing(p: Player, [, device = '', dialled = '', n = '', early = '']: readonly string[]): void {
  const leg = p.leg(n);
  p.newCall();
  p.post({
    from: 'sip',
    type: 'invite-received',
    call: p.call,
    leg: p.leg('1'),
    origin: { kind: 'device', device: deviceIdOf(device) },
    caller: { user: device, withheld: false },
    dialled,
    towards: '192.0.2.30',
    offer: sdpOf('v=0 theirs'),
    replaces: { leg, earlyOnly: early !== '' },
  });
}

function trunkCallsReplacing(p: Player, [, trunk = '', dialled = '', from = '', n = '']: readonly string[]): void {
  const leg = p.leg(n);
  p.newCall();
  p.post({
    from: 'sip',
    type: 'invite-received',
    call: p.call,
    leg: p.leg('1'),
    origin: { kind: 'trunk', trunk: trunkIdOf(trunk) },
    caller: { user: from, withheld: false },
    dialled,
    towards: '192.0.2.20',
    offer: sdpOf('v=0 theirs'),
    replaces: { leg, earlyOnly: false },
  });
}

function forwards(p: Player, [, who, when = '', target = '']: readonly string[]): void {
  const { forwards: before } = p.pbx.board.view.person(userOf(who));
  setFor(p, who, { forwards: { ...before, [when]: target } });
}

function setFor(p: Player, who: string | undefined, person: Partial<Person>): void {
  p.post({ from: 'api', type: 'person-asked', user: userOf(who), person });
}

function changed(p: Player, change: (office: Directory) => Directory): void {
  p.post({ from: 'store', type: 'directory-loaded', directory: change(p.pbx.board.view.directory) });
}

function hasHeard(p: Player, [, n = '', cut = '']: readonly string[]): void {
  const leg = p.leg(n);
  const tag = p.pbx.saidTo.get(leg) ?? 'nothing';
  p.post({ from: 'media', type: 'prompts-ended', call: callOfLeg(leg), leg, tag, how: cut === '' ? 'played' : 'cut' });
}

function withGroup(office: Directory, people: string): Directory {
  const id = groupIdOf(`g${people}`);
  const group: Group = { id, name: people, userIds: people.split(',').map(userOf), isPickupGroup: true };
  return { ...office, groups: new Map(office.groups).set(id, group) };
}

function withLine(office: Directory, line: string, id: string): Directory {
  const numbers = office.numbers.map((number) => (number.id === numberIdOf(id) ? { ...number, line } : number));
  return { ...office, numbers };
}

function withMailbox(office: Directory, extension: string): Directory {
  const id = mailboxIdOf(`m${extension}`);
  const mailbox = { id, name: extension, userId: userOf(extension), messageMaxS: 120 };
  return { ...office, mailboxes: new Map(office.mailboxes).set(id, mailbox) };
}

function withRight(office: Directory, extension: string, right = ''): Directory {
  const user = office.users.get(userOf(extension));
  if (user === undefined) return office;
  const rights = [right === 'intercept-any' ? ('intercept-any' as const) : ('no-recording' as const)];
  return { ...office, users: new Map(office.users).set(user.id, { ...user, rights }) };
}

function withCalendar(office: Directory, code: string): Directory {
  const id = calendarIdOf('hours');
  const calendar = {
    id,
    name: 'Hours',
    zone: 'Europe/Prague',
    week: [],
    exceptions: [],
    switch: 'automatic',
    code,
  } as const;
  return { ...office, calendars: new Map(office.calendars).set(id, calendar) };
}
