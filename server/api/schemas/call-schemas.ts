/** Schemas of calls, live calls, recordings and timelines. */
import { Type } from '@sinclair/typebox';
import { ways } from '../../../call-router/state/person';
import type { EndCause, Fault } from '../../../call-router/values/cause';
import { causes } from '../../../call-router/values/cause';
import { cardSummary } from './card-schemas';
import { closed, count, id, line, list, moment, oneOf, paging } from './schema';

const causeNames: readonly EndCause[] = Object.keys(causes).flatMap((name) => (isCause(name) ? [name] : []));
const directions = ['inbound', 'outbound', 'internal', 'transit'] as const;
const faults: readonly Fault[] = ['nobody', 'caller', 'callee', 'trunk', 'us'];
const ms = Type.Integer({ minimum: 0, description: 'milliseconds' });
const ratio = Type.Number({ minimum: 0, maximum: 1 });

export const recording = Type.Object({
  id,
  callId: id,
  state: oneOf(['running', 'finished', 'incomplete']),
  durationMs: ms,
  sizeBytes: count,
  leftRmsDb: Type.Optional(Type.Number({ description: 'level of the customer, dB below full scale' })),
  rightRmsDb: Type.Optional(Type.Number({ description: 'level of our side' })),
});

const inFiveSeconds = Type.Object({
  lossRatio: ratio,
  jitterMs: Type.Optional(Type.Number()),
  mos: Type.Number({ description: 'estimate by ITU-T G.107, 1 to 4.5' }),
});
const direction = Type.Object({
  mosMin: Type.Number({ description: 'of all five seconds; of the worst of them' }),
  mosMean: Type.Number(),
  worst: inFiveSeconds,
});
const quality = Type.Object({
  packetsReceived: count,
  packetsSent: count,
  receivedLossRatio: ratio,
  receivedJitterMs: Type.Number(),
  sentLossRatio: Type.Optional(ratio),
  sentJitterMs: Type.Optional(Type.Number()),
  roundTripMs: Type.Optional(Type.Number()),
  codec: Type.Optional(Type.String()),
  received: Type.Optional(direction),
  sent: Type.Optional(direction),
});
const leg = Type.Object({
  id,
  direction: oneOf(['incoming', 'outgoing']),
  kind: oneOf(['device', 'trunk']),
  deviceId: Type.Optional(id),
  userId: Type.Optional(id),
  trunkId: Type.Optional(id),
  startedAt: moment,
  answeredAt: Type.Optional(moment),
  endedAt: Type.Optional(moment),
  cause: Type.Optional(oneOf(causeNames)),
  sipStatus: Type.Optional(Type.Integer()),
  quality: Type.Optional(quality),
  isSupervisor: Type.Optional(Type.Literal(true, { description: 'listened in' })),
});
const caller = Type.Object({
  typed: Type.String({ description: 'as it was signalled; empty if withheld' }),
  number: Type.Optional(Type.String({ description: 'E.164' })),
  name: Type.Optional(Type.String()),
  userId: Type.Optional(id),
});
const callee = Type.Object({ typed: Type.String(), number: Type.Optional(Type.String()) });

export const call = Type.Object({
  id,
  direction: oneOf(directions),
  startedAt: moment,
  answeredAt: Type.Optional(moment),
  endedAt: Type.Optional(Type.String({ format: 'date-time', description: 'left out while the call lives' })),
  ringMs: ms,
  talkMs: ms,
  totalMs: ms,
  cause: Type.Optional(oneOf(causeNames)),
  fault: Type.Optional(oneOf(faults)),
  caller,
  callee,
  numberId: Type.Optional(id),
  trunkId: Type.Optional(id),
  rangUserIds: list(id),
  answeredByUserId: Type.Optional(id),
  card: Type.Optional(cardSummary),
  companyId: Type.Optional(id),
  otherCards: list(cardSummary),
  recording: Type.Optional(recording),
  messages: Type.Optional(
    list(
      Type.Object(
        { id, mailboxId: id, fromMs: ms, toMs: ms, heardAt: Type.Optional(moment) },
        { description: 'voicemail: a stretch of the recording' },
      ),
    ),
  ),
  queue: Type.Optional(
    Type.Object({
      id,
      waitMs: ms,
      end: Type.Optional(oneOf(['answered-in-time', 'answered-late', 'overflowed', 'abandoned'])),
    }),
  ),
  conferenceWith: Type.Optional(list(id)),
  note: Type.Optional(Type.String()),
  outcome: Type.Optional(
    Type.String({ description: 'an id of /api/call-outcomes, or of one that was removed from it' }),
  ),
  outcomeName: Type.Optional(Type.String({ description: 'its name; also of one that was removed' })),
  legs: list(leg),
});

export const timelineEntry = Type.Object({
  kind: oneOf(['call']),
  at: moment,
  call,
  person: Type.Optional(cardSummary),
});

export const liveCall = Type.Object({
  id,
  direction: oneOf(directions),
  state: oneOf([
    'reaching-caller',
    'ringing',
    'answering',
    'talking',
    'consulting',
    'transferring',
    'attended',
    'queued',
    'calling-back',
    'parked',
    'conferring',
    'ended',
  ]),
  startedAt: moment,
  answeredAt: Type.Optional(moment),
  caller,
  callee,
  numberId: Type.Optional(id),
  trunkId: Type.Optional(id),
  rangUserIds: list(id),
  answeredByUserId: Type.Optional(id),
  card: Type.Optional(cardSummary),
  recording: oneOf(['none', 'running', 'paused', 'incomplete']),
  queueId: Type.Optional(id),
  slot: Type.Optional(Type.String({ description: 'parked: what is dialled behind the retrieve code' })),
  transferorLegId: Type.Optional(Type.String({ description: 'consulting: the leg of who passes the call on' })),
  members: Type.Optional(
    list(Type.String({ description: 'who is in the conference, by leg, in the order in which they came' })),
  ),
  supervisors: Type.Optional(
    list(Type.Object({ legId: Type.String(), userId: id, how: oneOf(['listen', 'whisper', 'barge']) })),
  ),
  legs: list(
    Type.Object({
      id,
      direction: oneOf(['incoming', 'outgoing']),
      state: oneOf([
        'opening',
        'offered',
        'dialling',
        'ringing',
        'screening',
        'answering',
        'answered',
        'held',
        'ended',
      ]),
      userId: Type.Optional(id),
      deviceId: Type.Optional(id),
      trunkId: Type.Optional(id),
      number: Type.Optional(Type.String({ description: 'behind a trunk: the far end, as it is written towards us' })),
      muted: Type.Optional(Type.Literal(true, { description: 'what it says is heard by nobody' })),
      canAnswer: Type.Optional(Type.Literal(true, { description: 'it rings, and …/answer makes its phone answer' })),
      isAwaited: Type.Optional(Type.Literal(true, { description: 'its browser is gone; the other side hears music' })),
    }),
  ),
});

export const callToMake = Type.Object(
  {
    fromUserId: id,
    to: line(64, 'a number or an extension'),
    fromNumberId: Type.Optional(id),
    via: Type.Optional(oneOf(ways)),
  },
  closed,
);
const legId = Type.String({ minLength: 1, maxLength: 80, description: 'the `id` of a leg of this call' });
export const anyLegOfCall = Type.Object({ legId: Type.Optional(legId) }, closed);
export const legOfCall = Type.Object({ legId }, closed);
export const transferToMake = Type.Object(
  { legId, to: line(64, 'a number or an extension'), kind: oneOf(['blind', 'announced']) },
  closed,
);
export const digitsToSend = Type.Object(
  { legId, digits: Type.String({ pattern: '^[0-9*#A-D]{1,32}$', description: '1 to 32 of 0-9, *, #, A-D' }) },
  closed,
);
/** Left out: yourself. */
export const pickerOfCall = Type.Object({ userId: Type.Optional(id) }, closed);
export const conferenceToMake = Type.Object(
  {
    legIds: Type.Optional(
      Type.Array(legId, {
        maxItems: 32,
        description: 'legs of this call, or the leg of the same phone in another call that is to be joined to it',
      }),
    ),
    add: Type.Optional(line(64, 'a number or an extension to be dialled as a further party')),
  },
  closed,
);
/** Left out: yourself, silently. */
export const supervisionToBegin = Type.Object(
  { userId: Type.Optional(id), how: Type.Optional(oneOf(['listen', 'whisper', 'barge'])) },
  closed,
);
export const recordingToTurn = Type.Object({ state: oneOf(['paused', 'running']) }, closed);

const noteLengthMax = 4000;
/** Left out: stays; empty: none any more. */
export const callNotes = Type.Object(
  {
    note: Type.Optional(Type.String({ maxLength: noteLengthMax })),
    outcome: Type.Optional(Type.String({ maxLength: 80, description: 'an id of /api/call-outcomes; empty: none' })),
  },
  closed,
);

export const outgoingQuery = Type.Object(
  {
    to: Type.Optional(line(64, 'who is to be called: a phone number in any format')),
    userId: Type.Optional(Type.String({ minLength: 1, maxLength: 80, description: 'whose numbers; left out: mine' })),
  },
  closed,
);
export const outgoingNumbers = Type.Object({
  items: list(
    Type.Object({ id, number: Type.String(), name: Type.Optional(Type.String()), line: Type.Optional(Type.String()) }),
  ),
  usual: Type.Optional(Type.String({ description: 'shown if none is chosen' })),
  suggested: Type.Optional(Type.String({ description: 'seen last by this client' })),
});

export const callQuery = Type.Object(
  {
    ...paging,
    cardKind: Type.Optional(oneOf(['contact', 'company', 'lead'])),
    cardId: Type.Optional(id),
    userId: Type.Optional(id),
    groupId: Type.Optional({ ...id, description: 'calls of the people of this group' }),
    phone: Type.Optional(line(64, 'a phone number in any format')),
    direction: Type.Optional(oneOf(directions)),
    cause: Type.Optional(oneOf(causeNames)),
    numberId: Type.Optional(id),
    queueId: Type.Optional(id),
    outcome: Type.Optional({
      ...oneOf(['answered', 'missed', 'voicemail', 'failed']),
      description: 'how it ended; for what was written on it: outcomeId',
    }),
    outcomeId: Type.Optional({ ...id, description: 'what was written on it: an id of /api/call-outcomes' }),
    client: Type.Optional(line(100, 'a piece of the name of the client')),
    from: Type.Optional(Type.String({ format: 'date-time', description: 'began at or after' })),
    to: Type.Optional(Type.String({ format: 'date-time', description: 'began before' })),
    live: Type.Optional(Type.Boolean()),
  },
  closed,
);

function isCause(name: string): name is EndCause {
  return name in causes;
}
