/** Lines of transcripts about browsers: they register and vanish, lose a leg and take it up again; and which phones ring. */
import type { Way } from '../../call-router/state/person';
import { isConnected } from '../../call-router/features/decision';
import type { Leg } from '../../call-router/state/call';
import {
  bindingIdOf,
  browserDeviceOf,
  callIdOf,
  callOfLeg,
  deviceIdOf,
  epochMs,
  legIdOf,
  numberIdOf,
  sdpOf,
  timerIdOf,
  userIdOf,
} from '../../call-router/values/ids';
import type { Player, Step } from './transcript';

const sdp = sdpOf('v=0 theirs');
const userOf = (extension = '') => userIdOf(`u${extension}`);
const wayNames: Readonly<Record<string, Way>> = { headset: 'headset', desk: 'desk-phone', mobile: 'mobile' };

export const browserSteps: readonly (readonly [RegExp, Step])[] = [
  [/^(\S+) calls (\S+) showing (\S+)$/, callsShowing],
  [/^browser( \S+)? of (\d+) registers$/, (p, [, name = '', who]) => registered(p, who, name.trim())],
  [
    /^(\d+) is told when closed$/,
    (p, [, who]) => p.post({ from: 'store', type: 'closed-pages-known', users: [userOf(who)] }),
  ],
  [
    /^page of leg (\S+) is (told|not told)$/,
    (p, [, n = '', how]) =>
      p.post({
        ...{ from: 'desk', type: how === 'told' ? 'page-told' : 'page-not-told' },
        ...{ call: callOfLeg(p.leg(n)), leg: p.leg(n) },
      }),
  ],
  [/^browsers of (\d+) are gone$/, (p, [, who]) => bound(p, who, [])],
  [
    /^(\d+) answers on (\S+)$/,
    (p, [, who, list = '']) => {
      const ringsOn = list.split(',').flatMap((name) => wayNames[name] ?? []);
      p.post({ from: 'api', type: 'person-asked', user: userOf(who), person: { ringsOn } });
    },
  ],
  [
    /^leg (\S+) rings and takes the word to answer$/,
    (p, [, n = '']) => p.post({ from: 'sip', type: 'leg-ringing', call: p.call, leg: p.leg(n), answersWhenTold: true }),
  ],
  [
    /^api lets (\d+) retrieve$/,
    (p, [, who]) => p.post({ from: 'api', type: 'retrieve-asked', call: p.call, user: userOf(who) }),
  ],
  [
    /^api answers leg (\S+)$/,
    (p, [, n = '']) => p.post({ from: 'api', type: 'answer-asked', call: p.call, leg: p.leg(n) }),
  ],
  [
    /^api (mutes|unmutes) leg (\S+)$/,
    (p, [, what, n = '']) =>
      p.post({ from: 'api', type: what === 'mutes' ? 'mute-asked' : 'unmute-asked', call: p.call, leg: p.leg(n) }),
  ],
  [
    /^api watches the quality( no more)?$/,
    (p, [, off]) => p.post({ from: 'api', type: 'quality-watch-asked', call: p.call, is: off ? 'off' : 'on' }),
  ],
  [
    /^quality of leg (\S+) is measured$/,
    (p, [, n = '']) =>
      p.post({ from: 'media', type: 'quality-measured', call: callOfLeg(p.leg(n)), leg: p.leg(n), quality: {} }),
  ],
  [
    /^our end of leg (\S+) is made anew$/,
    (p, [, n = '']) => p.post({ from: 'media', type: 'leg-remade', call: p.call, leg: p.leg(n), sdp }),
  ],
  [
    /^leg (\S+) answers the new offer$/,
    (p, [, n = '']) => p.post({ from: 'sip', type: 'reoffer-answered', call: p.call, leg: p.leg(n), sdp }),
  ],
  [
    /^leg (\S+) refuses the new offer: (\d+)$/,
    (p, [, n = '', status]) =>
      p.post({ from: 'sip', type: 'reoffer-refused', call: p.call, leg: p.leg(n), status: Number(status) }),
  ],
  [/^leg (\S+) loses its connection$/, losesConnection],
  [/^phone (\d+) of those who talk is lost$/, (p, [, n]) => phoneLost(p, Number(n))],
  [/^phone (\d+) of those who are lost resumes$/, (p, [, n]) => lostResumes(p, Number(n))],
  [
    /^audio of leg (\S+) is back$/,
    (p, [, n = '']) => p.post({ from: 'media', type: 'audio-back', call: callOfLeg(p.leg(n)), leg: p.leg(n) }),
  ],
  [
    /^resume timer of leg (\S+) fires$/,
    (p, [, n = '']) => p.post({ from: 'clock', type: 'timer-fired', timer: timerIdOf(p.leg(n), 'resume') }),
  ],
];

function registered(p: Player, who = '', name = ''): void {
  const of = { kind: 'device', device: browserDeviceOf(userOf(who)) } as const;
  const before = p.pbx.board.view.bindingsOfUser(userOf(who)).filter((one) => isSame(one.of, of));
  const id = bindingIdOf(`browser-${who}${name === '' ? '' : `-${name}`}`);
  const others = before.filter((one) => one.id !== id);
  const binding = { id, of, host: '192.0.2.40', expiresAt: epochMs(9e12), media: 'webrtc' } as const;
  p.post({ from: 'sip', type: 'bindings-changed', of, bindings: [...others, binding] });
}

function bound(p: Player, who = '', bindings: readonly []): void {
  p.post({
    from: 'sip',
    type: 'bindings-changed',
    of: { kind: 'device', device: browserDeviceOf(userOf(who)) },
    bindings,
  });
}

function callsShowing(p: Player, [, device = '', dialled = '', number = '']: readonly string[]): void {
  p.newCall();
  p.post({
    from: 'sip',
    type: 'invite-received',
    call: p.call,
    leg: p.leg('1'),
    origin: { kind: 'device', device: deviceIdOf(device) },
    caller: { user: device, withheld: false },
    dialled,
    towards: '192.0.2.40',
    offer: sdpOf('v=0 theirs'),
    shows: numberIdOf(number),
  });
}

const isSame = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The token of leg 2 of call 1 is `c1.2`, so that a line can name it: `browser-u101 calls resume-c1.2`. */
function losesConnection(p: Player, [, n = '']: readonly string[]): void {
  const leg = p.leg(n);
  p.post({ from: 'sip', type: 'flow-lost', call: callOfLeg(leg), leg, token: leg });
}

/** For random calls: whoever it is. Connection and audio. */
function phoneLost(p: Player, n: number): void {
  const talking = legs(p).filter((leg) => isConnected(leg) && isBrowsers(leg));
  const leg = talking[n % talking.length];
  if (leg === undefined) return;
  const on = { call: callOfLeg(leg.id), leg: leg.id };
  p.post({ from: 'sip', type: 'flow-lost', ...on, token: leg.id });
  p.post({ from: 'media', type: 'audio-lost', ...on });
}

function lostResumes(p: Player, n: number): void {
  const lost = legs(p).filter((leg) => leg.lost !== undefined && isConnected(leg));
  const leg = lost[n % lost.length];
  if (leg?.lost === undefined || leg.far.kind !== 'device') return;
  const call = callIdOf(`resumes-${p.pbx.board.counters().events}`);
  p.post({
    from: 'sip',
    type: 'invite-received',
    call,
    leg: legIdOf(call, 1),
    origin: { kind: 'device', device: browserDeviceOf(leg.far.user) },
    caller: { user: 'browser', withheld: false },
    dialled: `resume-${leg.lost.token}`,
    towards: '192.0.2.40',
    offer: sdpOf('v=0 theirs'),
  });
}

const isBrowsers = ({ far }: Leg): boolean => far.kind === 'device' && far.device.startsWith('browser-');

const legs = ({ pbx }: Player): readonly Leg[] =>
  [...pbx.board.view.calls.values()].flatMap((call) => [...call.legs.values()]);
