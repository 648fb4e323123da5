/**
 * Plays a transcript: lines of what happens, each followed by the effects (`  -> …`) it must have. Written again with
 * UPDATE_TRANSCRIPTS=1; a changed line proves nothing until a reader has held it against the RFC.
 *
 *   # comment · blank lines · `pass 3 s` moves the clock · `call 2:` before a line speaks of the second call
 */
import type { PbxEvent } from '../../call-router/event';
import {
  callIdOf,
  callOfLeg,
  deviceIdOf,
  type LegId,
  legIdFrom,
  legIdOf,
  numberIdOf,
  sdpOf,
  timerIdOf,
  trunkIdOf,
  userIdOf,
} from '../../call-router/values/ids';
import { ways } from '../../call-router/state/person';
import { limits } from '../fakes/office';
import { fakePbx, type Untimed } from '../fakes/pbx';
import { lineOf } from './format-effect';
import { browserSteps } from './browser-steps';
import { conferenceSteps } from './conference-steps';
import { featureSteps } from './feature-steps';
import { outgoingSteps } from './outgoing-steps';
import { personSteps } from './person-steps';
import { planSteps } from './plan-steps';
import { queueSteps } from './queue-steps';

export function play(text: string): string {
  const player = new Player();
  const out: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('  ->')) continue;
    out.push(line);
    if (line.trim() === '' || line.startsWith('#')) continue;
    player.happen(line);
    out.push(...player.effects().map((effect) => `  -> ${effect}`));
  }
  return out.join('\n');
}

export type Step = (player: Player, match: readonly string[]) => void;

export class Player {
  /** Lamps are shown from `with lamps` on: most transcripts are about something else. */
  lampsAreShown = false;
  pbx = fakePbx();
  private calls = 0;
  private current = 1;

  happen(line: string): void {
    const [, number, rest = line] = /^call (\d+): (.*)$/.exec(line) ?? [];
    this.current = number === undefined ? Math.max(1, this.calls) : Number(number);
    for (const [pattern, step] of steps) {
      const match = pattern.exec(rest);
      if (match !== null)
        return step(
          this,
          match.map((part) => part ?? ''),
        );
    }
    throw new Error(`a transcript line that nobody understands: ${line}`);
  }

  effects(): readonly string[] {
    return this.pbx
      .takeEffects()
      .filter((effect) => this.lampsAreShown || effect.do !== 'publish-dialogs')
      .map(lineOf);
  }

  post(event: Untimed<PbxEvent>): void {
    this.pbx.post(event);
  }

  get call() {
    return callIdOf(`c${this.current}`);
  }

  /** `2`: of the call spoken of; `c1.2`: of that call. */
  leg(n: string): LegId {
    return n.startsWith('c') ? legIdFrom(n) : legIdOf(this.call, Number(n));
  }

  newCall(): void {
    this.calls += 1;
    this.current = this.calls;
  }

  pass(ms: number): void {
    this.pbx.pass(ms);
  }

  phoneWants(far: 'speaks-and-hears' | 'holds'): void {
    this.pbx.nextOffer.far = far;
  }

  /** Before the first call: of the call that comes. */
  refuseMedia(leg: string, problem: 'no-common-codec' | 'no-free-port' | 'bad-description'): void {
    this.pbx.refuseMedia(this.leg(leg), problem);
  }

  limitCalls(callsMax: number): void {
    this.pbx = fakePbx({ ...limits, callsMax });
    this.pbx.takeEffects();
  }

  openLegs(): void {
    if (this.pbx.openLegs.size > 0 || this.pbx.board.view.calls.size > 0 || this.pbx.timers.size > 0) {
      throw new Error(
        `left over: legs ${[...this.pbx.openLegs]}, calls ${this.pbx.board.view.calls.size}, timers ${[...this.pbx.timers.keys()]}`,
      );
    }
  }
}

const sdp = sdpOf('v=0 theirs');

const steps: readonly (readonly [RegExp, Step])[] = [
  [/^trunk (\S+) calls (\S+) from (\S+)( "[^"]*")?( hidden)?( without offer)?$/, trunkCalls],
  [/^(\S+) calls (\S+)( hidden)?( without offer)?$/, deviceCalls],
  [/^leg (\S+) rings$/, (p, [, n = '']) => p.post({ from: 'sip', type: 'leg-ringing', call: p.call, leg: p.leg(n) })],
  [
    /^leg (\S+) sends early media$/,
    (p, [, n = '']) => p.post({ from: 'sip', type: 'leg-progressed', call: p.call, leg: p.leg(n), sdp }),
  ],
  [
    /^leg (\S+) answers$/,
    (p, [, n = '']) => p.post({ from: 'sip', type: 'leg-answered', call: p.call, leg: p.leg(n), sdp }),
  ],
  [
    /^leg (\S+) refuses with (\d+)$/,
    (p, [, n = '', status]) =>
      p.post({ from: 'sip', type: 'leg-refused', call: p.call, leg: p.leg(n), status: Number(status) }),
  ],
  [
    /^leg (\S+) cancels$/,
    (p, [, n = '']) => p.post({ from: 'sip', type: 'leg-cancelled', call: p.call, leg: p.leg(n) }),
  ],
  [
    /^leg (\S+) hangs up$/,
    (p, [, n = '']) => p.post({ from: 'sip', type: 'leg-hung-up', call: p.call, leg: p.leg(n), why: 'bye' }),
  ],
  [
    /^leg (\S+) never acknowledges$/,
    (p, [, n = '']) => p.post({ from: 'sip', type: 'leg-hung-up', call: p.call, leg: p.leg(n), why: 'no-ack' }),
  ],
  [
    /^leg (\S+) acknowledges( with an answer)?$/,
    (p, [, n = '', answer]) =>
      p.post({ from: 'sip', type: 'ack-received', call: p.call, leg: p.leg(n), ...(answer === '' ? {} : { sdp }) }),
  ],
  [/^leg (\S+) (holds|resumes|re-invites without offer)$/, reoffers],
  [/^crm finds (contact|company|lead) (\S+)( of company \S+)?( and others)?$/, crmFinds],
  [/^leg (\S+) presses (\S+)$/, presses],
  [
    /^digits timer of leg (\S+) fires$/,
    (p, [, n = '']) => p.post({ from: 'clock', type: 'timer-fired', timer: timerIdOf(p.leg(n), 'digits') }),
  ],
  [/^leg (\S+) refers to (\S+)( replacing leg (\S+))?$/, refers],
  [/^api transfers leg (\S+) to (\S+)( announced)?$/, apiTransfers],
  [
    /^api completes leg (\S+)$/,
    (p, [, n = '']) => p.post({ from: 'api', type: 'transfer-complete-asked', call: p.call, leg: p.leg(n) }),
  ],
  [
    /^api cancels leg (\S+)$/,
    (p, [, n = '']) => p.post({ from: 'api', type: 'transfer-cancel-asked', call: p.call, leg: p.leg(n) }),
  ],
  [
    /^api sends (\S+) to leg (\S+)$/,
    (p, [, digits = '', n = '']) => p.post({ from: 'api', type: 'digits-asked', call: p.call, leg: p.leg(n), digits }),
  ],
  [
    /^api turns recording (paused|running)$/,
    (p, [, state]) =>
      p.post({ from: 'api', type: 'recording-asked', call: p.call, state: state === 'paused' ? 'paused' : 'running' }),
  ],
  [
    /^api lets (\d+) pick up$/,
    (p, [, extension = '']) =>
      p.post({ from: 'api', type: 'pickup-asked', call: p.call, user: userIdOf(`u${extension}`) }),
  ],
  [/^crm knows nothing$/, (p) => p.post({ from: 'crm', type: 'client-unknown', call: p.call })],
  [/^crm fails$/, (p) => p.post({ from: 'crm', type: 'look-up-failed', call: p.call })],
  [
    /^audio of leg (\S+) is lost$/,
    (p, [, n = '']) => p.post({ from: 'media', type: 'audio-lost', call: p.call, leg: p.leg(n) }),
  ],
  [/^disk is full$/, (p) => p.post({ from: 'recordings', type: 'recording-incomplete', call: p.call })],
  [
    /^(ring|longest|linger) timer fires$/,
    (p, [, timer = '']) => p.post({ from: 'clock', type: 'timer-fired', timer: timerIdOf(p.call, timer) }),
  ],
  [/^(\d+) clicks to call (\S+)( showing \S+)?( via \S+)?$/, clicksToCall],
  [
    /^api ends leg (\S+)$/,
    (p, [, n = '']) => p.post({ from: 'api', type: 'hang-up-asked', call: p.call, leg: p.leg(n) }),
  ],
  [/^api hangs up$/, (p) => p.post({ from: 'api', type: 'hang-up-asked', call: p.call })],
  [/^service drains$/, (p) => p.post({ from: 'process', type: 'drain-asked' })],
  [/^service stops$/, (p) => p.post({ from: 'process', type: 'shut-down-asked' })],
  [/^pass (\d+) s$/, (p, [, s]) => p.pass(Number(s) * 1000)],
  [/^next media of leg (\S+) fails: (no-common-codec|no-free-port|bad-description)$/, mediaFails],
  [/^at most (\d+) calls$/, (p, [, n]) => p.limitCalls(Number(n))],
  [/^nothing is left over$/, (p) => p.openLegs()],
  ...browserSteps,
  ...conferenceSteps,
  ...featureSteps,
  ...outgoingSteps,
  ...personSteps,
  ...planSteps,
  ...queueSteps,
];

function trunkCalls(
  p: Player,
  [, trunk = '', dialled = '', from = '', name = '', hidden = '', noOffer = '']: readonly string[],
): void {
  p.newCall();
  p.post({
    from: 'sip',
    type: 'invite-received',
    call: p.call,
    leg: p.leg('1'),
    origin: { kind: 'trunk', trunk: trunkIdOf(trunk) },
    caller: {
      user: from,
      withheld: hidden !== '',
      ...(name === '' ? {} : { displayName: name.trim().replaceAll('"', '') }),
    },
    dialled,
    towards: '192.0.2.10',
    ...(noOffer === '' ? { offer: sdp } : {}),
  });
}

function deviceCalls(p: Player, [, device = '', dialled = '', hidden = '', noOffer = '']: readonly string[]): void {
  p.newCall();
  p.post({
    from: 'sip',
    type: 'invite-received',
    call: p.call,
    leg: p.leg('1'),
    origin: { kind: 'device', device: deviceIdOf(device) },
    caller: { user: device, withheld: hidden !== '' },
    dialled,
    towards: '192.0.2.30',
    ...(noOffer === '' ? { offer: sdp } : {}),
  });
}

function reoffers(p: Player, [, n = '', what]: readonly string[]): void {
  p.phoneWants(what === 'holds' ? 'holds' : 'speaks-and-hears');
  const offer = what === 're-invites without offer' ? {} : { offer: sdp };
  p.post({ from: 'sip', type: 'reoffer-received', call: p.call, leg: p.leg(n), ...offer });
  p.phoneWants('speaks-and-hears');
}

function crmFinds(p: Player, [, kind, id = '', company = '', others = '']: readonly string[]): void {
  const companyId = company.replace(' of company ', '');
  p.post({
    from: 'crm',
    type: 'client-found',
    call: p.call,
    card: {
      kind: kind === 'company' || kind === 'lead' ? kind : 'contact',
      id,
      name: 'Client',
      isNew: kind === 'lead',
      ...(companyId === '' ? {} : { companyId }),
    },
    others: others === '' ? [] : [{ kind: 'lead', id: 'old' }],
  });
}

function clicksToCall(p: Player, [, extension = '', to = '', showing = '', by = '']: readonly string[]): void {
  p.newCall();
  const number = showing === '' ? {} : { number: numberIdOf(showing.replace(' showing ', '')) };
  const via = ways.find((way) => by === ` via ${way}`);
  const chosen = via === undefined ? {} : { via };
  p.post({ from: 'api', type: 'call-asked', call: p.call, user: userIdOf(`u${extension}`), to, ...number, ...chosen });
}

function mediaFails(p: Player, [, n = '', problem]: readonly string[]): void {
  const known = problem === 'no-free-port' || problem === 'bad-description' ? problem : 'no-common-codec';
  p.refuseMedia(n, known);
}

/** As the engine tells: withheld from the `*` on. */
function presses(p: Player, [, n = '', digits = '']: readonly string[]): void {
  const leg = p.leg(n);
  const star = digits.indexOf('*');
  digits.split('').forEach((digit, i) => {
    const withheld = star >= 0 && i >= star;
    p.post({ from: 'media', type: 'digit-received', call: callOfLeg(leg), leg, digit, durationMs: 100, withheld });
  });
}

function refers(p: Player, [, n = '', target = '', , replaced = '']: readonly string[]): void {
  const replaces = replaced === '' ? {} : { replaces: p.leg(replaced) };
  p.post({ from: 'sip', type: 'refer-received', call: p.call, leg: p.leg(n), target, ...replaces });
}

function apiTransfers(p: Player, [, n = '', target = '', announced = '']: readonly string[]): void {
  p.post({
    from: 'api',
    type: 'transfer-asked',
    call: p.call,
    leg: p.leg(n),
    target,
    kind: announced === '' ? 'blind' : 'announced',
  });
}
