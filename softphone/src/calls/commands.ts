/**
 * What may sensibly be done with a live call now, by whoever looks at it: the one or two things that are buttons, the rest in
 * a menu. Only what makes sense is offered; whether it can be done the server says (409 with its reason).
 */
import type { Feature, LiveCall, LiveLeg } from '../../../server/api/messages';

export type DirectName =
  | 'pick-up'
  | 'answer'
  | 'decline'
  | 'mute'
  | 'unmute'
  | 'retrieve'
  | 'hold'
  | 'resume'
  | 'complete'
  | 'cancel'
  | 'join'
  | 'merge'
  | 'park'
  | 'pause-recording'
  | 'resume-recording'
  | 'listen'
  | 'whisper'
  | 'barge'
  | 'stop-listening'
  | 'leave'
  | 'hang-up';
export type AskingName = 'transfer' | 'add' | 'digits';

export type Command =
  /** One click. `path` stands behind the call's own. */
  | {
      readonly kind: 'direct';
      readonly name: DirectName;
      readonly path: string;
      readonly body: object;
      /** `merge`: the call that joins this one. */
      readonly other?: LiveCall;
    }
  /** Needs a number or digits first. */
  | { readonly kind: 'asks'; readonly name: AskingName; readonly legId: string };

export interface Offered {
  readonly buttons: readonly Command[];
  readonly menu: readonly Command[];
}

export interface Looker {
  readonly userId: string | undefined;
  readonly role: 'administrator' | 'manager' | 'operator';
  readonly maySupervise: boolean;
  /** All live calls that are seen, to join two of mine. */
  readonly calls: readonly LiveCall[];
  /** What the office offers. */
  readonly features: readonly Feature[];
}

export const isConnected = ({ state }: LiveLeg): boolean => state === 'answered' || state === 'held';
const isRung = ({ direction, state }: LiveLeg): boolean =>
  direction === 'outgoing' && ['opening', 'dialling', 'ringing', 'screening'].includes(state);

/** My end of the call, while I am connected to it and do not only listen. */
export function myLeg(call: LiveCall, userId: string | undefined): LiveLeg | undefined {
  if (userId === undefined) return undefined;
  const listens = call.supervisors?.map(({ legId }) => legId) ?? [];
  return call.legs.find((leg) => leg.userId === userId && isConnected(leg) && !listens.includes(leg.id));
}

/** It rings at me, I am in it, or I have just asked for it. */
export function isMine(call: LiveCall, userId: string | undefined): boolean {
  return userId !== undefined && call.legs.some((leg) => leg.userId === userId && leg.state !== 'ended');
}

/** What a command belongs to; one that is not named here is always there. */
const featureOf: { readonly [Name in DirectName | AskingName]?: Feature } = {
  'pick-up': 'pickup',
  park: 'park',
  retrieve: 'park',
  add: 'conferences',
  merge: 'conferences',
  join: 'conferences',
  'pause-recording': 'recording',
  'resume-recording': 'recording',
  listen: 'supervision',
  whisper: 'supervision',
  barge: 'supervision',
};

export function commandsFor(call: LiveCall, looker: Looker): Offered {
  const isOffered = ({ name }: Command): boolean => {
    const feature = featureOf[name];
    return feature === undefined || looker.features.includes(feature);
  };
  const { buttons, menu } = sensible(call, looker);
  return offered(buttons.filter(isOffered), menu.filter(isOffered));
}

function sensible(call: LiveCall, looker: Looker): Offered {
  const mine = myLeg(call, looker.userId);
  switch (call.state) {
    case 'talking':
      return mine ? inTalk(call, mine, looker) : offered([], [...listening(call, looker), ...ending(looker)]);
    case 'conferring':
      return mine ? inConference(call, mine) : offered(...listeningIn(call, looker));
    case 'consulting':
      return mine ? inConsultation(call, mine) : offered([], ending(looker));
    case 'ringing':
    case 'queued':
    case 'reaching-caller':
      return whileRinging(call, looker);
    case 'parked':
      return offered(looker.userId === undefined ? [] : [direct('retrieve', 'retrieve')], ending(looker));
    case 'ended':
      return offered([], []);
    default:
      return offered([], mine || isMine(call, looker.userId) ? [hangUp] : ending(looker));
  }
}

const offered = (buttons: readonly Command[], menu: readonly Command[]): Offered => ({ buttons, menu });
const direct = (name: DirectName, path: string, body: object = {}): Command => ({ kind: 'direct', name, path, body });
const hangUp = direct('hang-up', 'hangup');

/** Others' calls are ended by those who answer for the office. */
const ending = ({ role }: Looker): readonly Command[] => (role === 'operator' ? [] : [hangUp]);

function inTalk(call: LiveCall, mine: LiveLeg, looker: Looker): Offered {
  const { id: legId, state } = mine;
  const held = state === 'held';
  return offered(
    [
      held ? direct('resume', 'resume', { legId }) : direct('hold', 'hold', { legId }),
      { kind: 'asks', name: 'transfer', legId },
    ],
    [
      { kind: 'asks', name: 'add', legId },
      ...merging(call, looker),
      direct('park', 'park', { legId }),
      ...muting(mine),
      ...digits(call, legId),
      ...recording(call),
      hangUp,
    ],
  );
}

/** The other calls of mine, each to be joined to this one. */
function merging(call: LiveCall, { calls, userId }: Looker): readonly Command[] {
  return calls.flatMap((other) => {
    const leg = other.id === call.id || other.state !== 'talking' ? undefined : myLeg(other, userId);
    return leg === undefined ? [] : [{ ...direct('merge', 'conference', { legIds: [leg.id] }), other }];
  });
}

/** What I say is dropped here, whatever my phone thinks. */
const muting = ({ id: legId, muted }: LiveLeg): readonly Command[] => [
  muted === true ? direct('unmute', 'unmute', { legId }) : direct('mute', 'mute', { legId }),
];

/** The leg that hears them: of the other end. */
function digits(call: LiveCall, ownLegId: string): readonly Command[] {
  const far = call.legs.find((leg) => leg.id !== ownLegId && isConnected(leg));
  return far === undefined ? [] : [{ kind: 'asks', name: 'digits', legId: far.id }];
}

function recording({ recording: state }: LiveCall): readonly Command[] {
  if (state === 'running') return [direct('pause-recording', 'recording', { state: 'paused' })];
  return state === 'paused' ? [direct('resume-recording', 'recording', { state: 'running' })] : [];
}

function inConference(call: LiveCall, mine: LiveLeg): Offered {
  const { id: legId, state } = mine;
  const hold = state === 'held' ? direct('resume', 'resume', { legId }) : direct('hold', 'hold', { legId });
  return offered(
    [{ kind: 'asks', name: 'add', legId }, hold],
    [...muting(mine), ...recording(call), direct('leave', 'hangup', { legId }), hangUp],
  );
}

function inConsultation(call: LiveCall, mine: LiveLeg): Offered {
  const { id: legId } = mine;
  if (call.transferorLegId !== legId) return offered([], [...muting(mine), direct('leave', 'hangup', { legId })]);
  const targetAnswered = call.legs.filter(isConnected).length > 2;
  return offered(
    [direct('complete', 'transfer/complete', { legId }), direct('cancel', 'transfer/cancel', { legId })],
    [...(targetAnswered ? [direct('join', 'conference')] : []), ...muting(mine), hangUp],
  );
}

function whileRinging(call: LiveCall, looker: Looker): Offered {
  const { userId } = looker;
  const own = call.legs.find((leg) => leg.userId === userId && isRung(leg));
  if (own !== undefined) return offered(answering(own), [direct('decline', 'hangup', { legId: own.id })]);
  if (userId !== undefined && call.caller.userId === userId) return offered([], [hangUp]);
  const canBeTaken = userId !== undefined && call.direction !== 'outbound' && call.legs.some(isRung);
  return offered(canBeTaken ? [direct('pick-up', 'pickup', { userId })] : [], ending(looker));
}

/** Where my phone answers when it is told to (NOTIFY `Event: talk`). */
const answering = ({ id: legId, canAnswer }: LiveLeg): readonly Command[] =>
  canAnswer === true ? [direct('answer', 'answer', { legId })] : [];

function listening(call: LiveCall, { maySupervise, userId }: Looker): readonly Command[] {
  if (!maySupervise || userId === undefined || !call.legs.some((leg) => leg.userId !== undefined)) return [];
  return (['listen', 'whisper', 'barge'] as const).map((how) => direct(how, 'supervise', { how }));
}

/** Who listens already may do so another way, or stop. */
function listeningIn(call: LiveCall, looker: Looker): readonly [readonly Command[], readonly Command[]] {
  const now = call.supervisors?.find(({ userId }) => userId === looker.userId);
  const ways = listening(call, looker).filter(({ name }) => name !== now?.how);
  if (now === undefined) return [[], [...ways, ...ending(looker)]];
  return [[direct('stop-listening', 'hangup', { legId: now.legId })], ways];
}
