/** Lines of transcripts about the way out: rules, trunks, the fraud guard, own mobiles and several keys of one phone. */
import type { Directory, OwnNumber, Trunk } from '../../call-router/state/directory';
import type { CallLimits, OutgoingRule, RecordingRule, Route } from '../../call-router/state/office';
import {
  deviceIdOf,
  numberIdOf,
  routePlanIdOf,
  sdpOf,
  timerIdOf,
  trunkIdOf,
  userIdOf,
} from '../../call-router/values/ids';
import type { Player, Step } from './transcript';

type Change = (office: Directory) => Directory;
const changed = (p: Player, change: Change): void =>
  p.post({ from: 'store', type: 'directory-loaded', directory: change(p.pbx.board.view.directory) });

export const outgoingSteps: readonly (readonly [RegExp, Step])[] = [
  [/^rule: (\S+) by (\d+) goes out on (\S+)$/, (p, [, prefix, who, ways]) => addRule(p, { prefix, who, ways })],
  [/^rule: (\S+) goes out on (\S+)$/, (p, [, prefix, ways]) => addRule(p, { prefix, ways })],
  [/^rule: (\S+) stays in$/, (p, [, prefix]) => addRule(p, { prefix, ways: '' })],
  [
    /^trunk (\S+) takes (\d+) calls a second$/,
    (p, [, id = '', n]) => changed(p, (office) => withTrunk(office, id, { callsPerSecondMax: Number(n) })),
  ],
  [
    /^trunk (\S+) has (\d+) channels$/,
    (p, [, id = '', n]) => changed(p, (office) => withTrunk(office, id, { channelsMax: Number(n) })),
  ],
  [
    /^trunk (\S+) is for emergencies$/,
    (p, [, id = '']) => changed(p, (office) => withTrunk(office, id, { isForEmergency: true })),
  ],
  [
    /^trunk (\S+) is down$/,
    (p, [, id = '']) => p.post({ from: 'sip', type: 'trunk-state-changed', trunk: trunkIdOf(id), state: 'down' }),
  ],
  [/^guard opens (\S+)$/, (p, [, what = '']) => changed(p, (office) => opened(office, what))],
  [/^guard allows (\d+) (callsPerHour|callsPerDay|minutesPerHour|atOnce)$/, allows],
  [
    /^(\d+) may call abroad$/,
    (p, [, who = '']) => changed(p, (office) => withUser(office, who, { rights: ['call-abroad'] })),
  ],
  [
    /^api lifts the block of (\d+)$/,
    (p, [, who = '']) => p.post({ from: 'api', type: 'block-lift-asked', user: userIdOf(`u${who}`) }),
  ],
  [/^number (\S+) leads to (\S+) on (\S+)$/, (p, [, id = '', to = '', trunk = '']) => leadsOut(p, { id, to, trunk })],
  [/^number (\S+) falls to (\S+) on (\S+)$/, (p, [, id = '', to = '', trunk = '']) => fallsOut(p, { id, to, trunk })],
  [/^plan away calls (\S+?)( on \S+)? for number (\S+)$/, planAway],
  [/^recordings (inbound|outbound|internal|of \S+) are (never|announced)$/, addRecordingRule],
  [/^leg (\S+) has heard that it is recorded$/, hasHeardConsent],
  [/^leg (\S+) cannot hear that it is recorded$/, cannotHearConsent],
  [/^consent timer fires$/, (p) => p.post({ from: 'clock', type: 'timer-fired', timer: timerIdOf(p.call, 'consent') })],
  [/^leg (\S+) redirects to (\S+)$/, redirects],
  [
    /^leg (\S+) tells (\S) by INFO$/,
    (p, [, n = '', digit = '']) =>
      p.post({ from: 'sip', type: 'info-digit-received', call: p.call, leg: p.leg(n), digit, durationMs: 160 }),
  ],
  [/^(\d+) has PIN (\d+)$/, (p, [, who = '', pin]) => changed(p, (office) => withUser(office, who, { pin }))],
  [
    /^number (\S+) is reserved for the mobile of (\d+)$/,
    (p, [, id = '', who]) => changed(p, (office) => reserved(office, id, who)),
  ],
  [/^number (\S+) lets mobiles through$/, (p, [, id = '']) => changed(p, (office) => throughBy(office, id))],
  [/^trunk (\S+) calls (\S+) from (\S+) diverted by (\S+)$/, diverted],
  [
    /^attendant timer fires$/,
    (p) => p.post({ from: 'clock', type: 'timer-fired', timer: timerIdOf(p.call, 'attendant') }),
  ],
  [/^the mobile (\S+) of (\d+) is called to prove itself$/, proves],
  [/^(\d+) has mobile (\S+)( unverified)?$/, hasMobile],
  [
    /^accept timer of leg (\S+) fires$/,
    (p, [, n = '']) => p.post({ from: 'clock', type: 'timer-fired', timer: timerIdOf(p.leg(n), 'accept') }),
  ],
  [
    /^key (\S+) is for number (\S+)$/,
    (p, [, device = '', id = '']) => changed(p, (office) => keyFor(office, device, id)),
  ],
];

interface Leads {
  readonly id: string;
  readonly to: string;
  readonly trunk: string;
}

const external = ({ to, trunk }: Leads): Route => ({ to: 'external', trunkId: trunkIdOf(trunk), number: to });

function withNumber(office: Directory, id: string, more: Partial<OwnNumber>): Directory {
  const numbers = office.numbers.map((number) => (number.id === id ? { ...number, ...more } : number));
  return { ...office, numbers };
}

function leadsOut(p: Player, leads: Leads): void {
  changed(p, (office) => withNumber(office, leads.id, { route: external(leads) }));
}

function fallsOut(p: Player, leads: Leads): void {
  changed(p, (office) => withNumber(office, leads.id, { fallback: external(leads) }));
}

/** A plan of one step: outside. */
function planAway(p: Player, [, to = '', on = '', id = '']: readonly string[]): void {
  const trunk = on === '' ? {} : { trunkId: trunkIdOf(on.replace(' on ', '')) };
  const planId = routePlanIdOf('away');
  const start = { kind: 'external', number: to, ringS: 20, ...trunk } as const;
  changed(p, (office) => ({
    ...withNumber(office, id, { route: { to: 'menu', planId } }),
    plans: new Map(office.plans).set(planId, { id: planId, name: 'away', start: 'out', steps: { out: start } }),
  }));
}

interface Rule {
  readonly prefix?: string | undefined;
  readonly who?: string | undefined;
  readonly ways?: string | undefined;
}

/** Ways: `trunk` or `trunk/number shown`, with commas. */
function addRule(p: Player, { prefix = '', who, ways = '' }: Rule): void {
  changed(p, (office) => {
    const position = office.outgoingRules.length;
    const rule: OutgoingRule = {
      id: `rule${position}`,
      name: `rule ${position}`,
      position,
      prefixes: prefix === 'all' ? [] : [prefix],
      userIds: who === undefined ? [] : [userIdOf(`u${who}`)],
      groupIds: [],
      ways: ways.split(',').filter(Boolean).map(wayOf),
    };
    return { ...office, outgoingRules: [...office.outgoingRules, rule] };
  });
}

function wayOf(text: string): OutgoingRule['ways'][number] {
  const [trunk = '', number] = text.split('/');
  return { trunkId: trunkIdOf(trunk), ...(number === undefined ? {} : { numberId: numberIdOf(number) }) };
}

function withTrunk(office: Directory, id: string, more: Partial<Trunk>): Directory {
  const trunk = office.trunks.get(trunkIdOf(id));
  if (trunk === undefined) throw new Error(`no trunk ${id}`);
  return { ...office, trunks: new Map(office.trunks).set(trunk.id, { ...trunk, ...more }) };
}

function withUser(office: Directory, extension: string, more: object): Directory {
  const user = office.users.get(userIdOf(`u${extension}`));
  if (user === undefined) throw new Error(`no user ${extension}`);
  return { ...office, users: new Map(office.users).set(user.id, { ...user, ...more }) };
}

function opened(office: Directory, what: string): Directory {
  const { fraudGuard } = office;
  return /^[A-Z]{2}$/.test(what)
    ? { ...office, fraudGuard: { ...fraudGuard, openCountries: [...fraudGuard.openCountries, what] } }
    : { ...office, fraudGuard: { ...fraudGuard, openPremium: [...fraudGuard.openPremium, what] } };
}

function allows(p: Player, [, n, limit = '']: readonly string[]): void {
  changed(p, (office) => {
    const with_ = (limits: CallLimits): CallLimits => ({ ...limits, [limit]: Number(n) });
    const { fraudGuard } = office;
    return {
      ...office,
      fraudGuard: { ...fraudGuard, limits: with_(fraudGuard.limits), offHours: with_(fraudGuard.offHours) },
    };
  });
}

function hasMobile(p: Player, [, extension = '', digits = '', unverified = '']: readonly string[]): void {
  changed(p, (office) => ({
    ...office,
    numbers: [
      ...office.numbers,
      {
        id: numberIdOf(`mobile${extension}`),
        match: { kind: 'exact', number: digits },
        kind: 'mobile',
        makes: 'lead',
        route: { to: 'user', userId: userIdOf(`u${extension}`) },
        ownerUserId: userIdOf(`u${extension}`),
        isVerified: unverified === '',
      },
    ],
  }));
}

function keyFor(office: Directory, id: string, number: string): Directory {
  const device = office.devices.get(deviceIdOf(id));
  if (device === undefined) throw new Error(`no device ${id}`);
  const bound = { ...device, numberId: numberIdOf(number) };
  return { ...office, devices: new Map(office.devices).set(device.id, bound) };
}

function throughBy(office: Directory, id: string): Directory {
  const numbers = office.numbers.map((number) => (number.id === id ? { ...number, isCallThrough: true } : number));
  return { ...office, numbers };
}

function diverted(p: Player, [, trunk = '', dialled = '', from = '', diverter = '']: readonly string[]): void {
  p.newCall();
  p.post({
    from: 'sip',
    type: 'invite-received',
    call: p.call,
    leg: p.leg('1'),
    origin: { kind: 'trunk', trunk: trunkIdOf(trunk) },
    caller: { user: from, withheld: false },
    dialled,
    towards: '192.0.2.10',
    offer: sdpOf('v=0 theirs'),
    divertedFrom: [diverter],
  });
}

function proves(p: Player, [, number = '', who = '']: readonly string[]): void {
  p.newCall();
  p.post({
    from: 'api',
    type: 'verify-mobile-asked',
    call: p.call,
    leg: p.leg('1'),
    user: userIdOf(`u${who}`),
    number,
    code: '4711',
  });
}

function addRecordingRule(p: Player, [, of = '', record]: readonly string[]): void {
  const person = of.startsWith('of ') ? userIdOf(`u${of.slice(3)}`) : undefined;
  const rule: RecordingRule = {
    id: 'recording-rule',
    name: of,
    position: 0,
    numberIds: [],
    groupIds: [],
    userIds: person === undefined ? [] : [person],
    ...(of === 'inbound' || of === 'outbound' || of === 'internal' ? { direction: of } : {}),
    record: record === 'never' ? 'never' : 'announced',
  };
  changed(p, (office) => ({ ...office, recordingRules: [...office.recordingRules, rule] }));
}

function hasHeardConsent(p: Player, [, n = '']: readonly string[]): void {
  p.post({ from: 'media', type: 'prompts-ended', call: p.call, leg: p.leg(n), tag: 'consent', how: 'played' });
}

function cannotHearConsent(p: Player, [, n = '']: readonly string[]): void {
  p.post({ from: 'media', type: 'prompts-ended', call: p.call, leg: p.leg(n), tag: 'consent', how: 'not-there' });
}

function redirects(p: Player, [, n = '', targets = '']: readonly string[]): void {
  const contacts = targets.split(',');
  p.post({ from: 'sip', type: 'leg-redirected', call: p.call, leg: p.leg(n), contacts });
}

function reserved(office: Directory, id: string, who = ''): Directory {
  const forMobile = numberIdOf(`mobile${who}`);
  return { ...office, numbers: office.numbers.map((number) => (number.id === id ? { ...number, forMobile } : number)) };
}
