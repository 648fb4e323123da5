/** Lines of transcripts about conferences, rooms and supervision. */
import type { Supervising } from '../../call-router/state/conference';
import { callIdOf, callOfLeg, deviceIdOf, trunkIdOf, sdpOf, timerIdOf, userIdOf } from '../../call-router/values/ids';
import { conferenceBindings, withConferences } from '../fakes/conference-office';
import type { Player, Step } from './transcript';

const sdp = sdpOf('v=0 theirs');

export const conferenceSteps: readonly (readonly [RegExp, Step])[] = [
  [/^with conferences$/, withMorePeople],
  [/^api confers( with leg \S+)?( adding \S+)?( for \d+)?$/, confers],
  [/^api lets (\d+) (listen|whisper|barge)$/, supervises],
  [
    /^join timer of leg (\S+) fires$/,
    (p, [, n = '']) => p.post({ from: 'clock', type: 'timer-fired', timer: timerIdOf(p.leg(n), 'join') }),
  ],
  [/^leg (\S+) brings its call to conference (\d+)$/, brings],
  [/^(\S+) calls the focus of conference (\d+)$/, callsFocus],
  [/^leg (\S+) keys (\S+)$/, keys],
];

function withMorePeople(p: Player): void {
  p.post({ from: 'store', type: 'directory-loaded', directory: withConferences(p.pbx.board.view.directory) });
  for (const binding of conferenceBindings)
    p.post({ from: 'sip', type: 'bindings-changed', of: binding.of, bindings: [binding] });
}

function confers(p: Player, [, leg = '', add = '', user = '']: readonly string[]): void {
  p.post({
    from: 'api',
    type: 'conference-asked',
    call: p.call,
    ...(leg === '' ? {} : { legs: [p.leg(leg.replace(' with leg ', ''))] }),
    ...(add === '' ? {} : { add: add.replace(' adding ', '') }),
    ...(user === '' ? {} : { by: userIdOf(`u${user.replace(' for ', '')}`) }),
  });
}

function supervises(p: Player, [, extension = '', how]: readonly string[]): void {
  const ways: readonly Supervising[] = ['listen', 'whisper', 'barge'];
  p.post({
    from: 'api',
    type: 'supervise-asked',
    call: p.call,
    user: userIdOf(`u${extension}`),
    how: ways.find((way) => way === how) ?? 'listen',
  });
}

function brings(p: Player, [, n = '', conference = '']: readonly string[]): void {
  const leg = p.leg(n);
  const focus = callIdOf(`c${conference}`);
  p.post({ from: 'sip', type: 'refer-received', call: callOfLeg(leg), leg, target: focus, conference: focus });
}

function callsFocus(p: Player, [, device = '', conference = '']: readonly string[]): void {
  p.newCall();
  const number = /^(\S+):(\S+)$/.exec(device);
  p.post({
    from: 'sip',
    type: 'invite-received',
    call: p.call,
    leg: p.leg('1'),
    origin:
      number === null
        ? { kind: 'device', device: deviceIdOf(device) }
        : { kind: 'trunk', trunk: trunkIdOf(number[1] ?? '') },
    caller: { user: number?.[2] ?? device, withheld: false },
    dialled: `conference-${conference}`,
    towards: '192.0.2.30',
    offer: sdp,
    focusOf: callIdOf(`c${conference}`),
  });
}

/** Digits that nothing withholds: a PIN. */
function keys(p: Player, [, n = '', digits = '']: readonly string[]): void {
  const leg = p.leg(n);
  for (const digit of digits)
    p.post({ from: 'media', type: 'digit-received', call: callOfLeg(leg), leg, digit, durationMs: 100 });
}
