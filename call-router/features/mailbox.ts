/**
 * `*97`: a person hears their messages, the new ones first. Keys work at any time and cut what is said.
 *
 *   list asked ──listed──▶ who called ──▶ the message ──▶ menu ──10 s──▶ goodbye
 *                             ▲  1 again · 2 next · 3 delete · 4 call back · # end
 *
 * Their own mailbox; with none of their own, and by `*97` + 2, 3 …, those of their groups.
 */
import type { PbxEffect } from '../effect';
import type { StoreEvent } from '../event';
import type { Call } from '../state/call';
import type { Mailbox, Prompt } from '../state/office';
import type { KeptMessage } from '../state/person';
import type { PbxView } from '../state/view';
import type { EpochMs, LegId, UserId } from '../values/ids';
import { announceAndEnd, attend, type Attended, attendantTimer, attendantTimerOff, isAttended, say } from './attend';
import { both, type Decision, decided, ignore } from './decision';
import { dialAnew } from './dial-anew';
import { promptOfRefusal } from './fraud-guard';
import { refusalAlarm, withAlarm } from './guard-alarm';
import { personOfFar } from './person-of';

const listWaitMs = 5000;
const keyWaitMs = 10_000;

interface Listening {
  readonly leg: LegId;
  readonly user?: UserId;
  /** What was dialled behind the code. */
  readonly tail: string;
  readonly at: EpochMs;
}

export function listenToMailbox(pbx: PbxView, call: Call, { leg, user, tail, at }: Listening): Decision {
  const boxes = user === undefined ? [] : mailboxesOf(pbx, user);
  const box = tail === '' ? boxes[0] : /^\d$/.test(tail) ? boxes[Number(tail) - 1] : undefined;
  if (box === undefined) {
    return announceAndEnd(pbx, call, { leg, prompts: [{ say: 'not-available' }], cause: 'number-unknown', at });
  }
  const by = { kind: 'mailbox', mailbox: box.id, index: 0, said: 0, phase: 'opening' } as const;
  return attend(pbx, call, { leg, by, at });
}

/** The person's own first, then those of groups they belong to. */
export function mailboxesOf({ directory }: PbxView, user: UserId): readonly Mailbox[] {
  const all = [...directory.mailboxes.values()];
  const isInGroup = ({ groupId }: Mailbox): boolean =>
    groupId !== undefined && (directory.groups.get(groupId)?.userIds.includes(user) ?? false);
  return [
    ...all.filter(({ userId }) => userId === user),
    ...all.filter((box) => box.userId !== user && isInGroup(box)),
  ];
}

type MailboxState = Extract<Attended['state']['by'], { readonly kind: 'mailbox' }>;
const stateOf = ({ state: { by } }: Attended): MailboxState | undefined => (by.kind === 'mailbox' ? by : undefined);

function moved(call: Attended, change: Partial<MailboxState>): Attended {
  const by = stateOf(call);
  return by === undefined ? call : { ...call, state: { ...call.state, by: { ...by, ...change } } };
}

export function beginMailbox(call: Attended): Decision {
  const by = stateOf(call);
  if (by === undefined) return ignore; // attend() has just put it here
  const { leg } = call.state;
  return decided(call, [
    { to: 'store', do: 'list-messages', mailbox: by.mailbox, leg },
    attendantTimer(call, listWaitMs),
  ]);
}

export function messagesListed(
  pbx: PbxView,
  event: Extract<StoreEvent, { readonly type: 'messages-listed' }>,
): Decision {
  const call = pbx.callOf(event.leg);
  const by = call === undefined || !isAttended(call) ? undefined : stateOf(call);
  // They hung up, or the list took too long.
  if (call === undefined || !isAttended(call) || by?.phase !== 'opening') return ignore;
  const { messages, at } = event;
  const quiet = [attendantTimerOff(call)];
  if (messages.length === 0) return both(quiet, goodbye(pbx, call, [{ say: 'mailbox-none' }], at));
  const fresh = messages.filter(({ isNew }) => isNew).length;
  const counts: Prompt = [
    ...(fresh === 0 ? [] : [{ say: 'mailbox-new' }, { number: fresh }]),
    ...(fresh === messages.length ? [] : [{ say: 'mailbox-old' }, { number: messages.length - fresh }]),
  ];
  return both(quiet, introduce(pbx, moved(call, { messages }), counts));
}

/** Who called; then the message follows. */
function introduce(pbx: PbxView, call: Attended, before: Prompt): Decision {
  const number = messageOf(call)?.callerNumber;
  const digits = number === undefined ? [] : [{ say: 'message-from' }, { digits: number.replace(/\D/g, '') }];
  const prompts = [...before, ...digits];
  return prompts.length === 0 ? playMessage(call) : speak(pbx, call, 'intro', prompts);
}

function speak(pbx: PbxView, call: Attended, phase: 'intro' | 'menu', prompts: Prompt): Decision {
  const next = moved(call, { phase, said: saidOf(call) + 1 });
  return decided(next, [say(pbx, next, { prompts, tag: tagOf(next), untilDigit: true })]);
}

function playMessage(call: Attended): Decision {
  const message = messageOf(call);
  if (message === undefined) return ignore; // there is one at each index
  const next = moved(call, { phase: 'playing', said: saidOf(call) + 1 });
  const { inCall, fromMs, toMs } = message;
  const { leg } = call.state;
  return decided(next, [{ to: 'media', do: 'play-recording', leg, call: inCall, fromMs, toMs, tag: tagOf(next) }]);
}

interface Ended {
  readonly tag: string;
  readonly how: 'played' | 'cut' | 'not-there';
}

export function mailboxSaid(pbx: PbxView, call: Attended, { tag, how }: Ended): Decision {
  if (tag !== tagOf(call)) return ignore; // of what a key has cut
  switch (stateOf(call)?.phase) {
    case 'intro':
      return playMessage(call);
    case 'playing': {
      const gone: Prompt = how === 'not-there' ? [{ say: 'not-available' }] : [];
      const { call: known, effects } = how === 'not-there' ? { call, effects: [] } : heard(call);
      return both(effects, speak(pbx, known, 'menu', [...gone, { say: 'mailbox-menu' }]));
    }
    case 'menu':
      return decided(call, [attendantTimer(call, keyWaitMs)]);
    default:
      return ignore;
  }
}

/** The store does not answer, or no key comes. */
export function mailboxTimeOver(pbx: PbxView, call: Attended, at: EpochMs): Decision {
  const prompt = stateOf(call)?.phase === 'opening' ? 'not-available' : 'goodbye';
  return goodbye(pbx, call, [{ say: prompt }], at);
}

const goodbye = (pbx: PbxView, call: Attended, prompts: Prompt, at: EpochMs): Decision =>
  announceAndEnd(pbx, call, { leg: call.state.leg, prompts, cause: 'ended-by-route', at });

interface Pressed {
  readonly digit: string;
  readonly at: EpochMs;
}

export function mailboxKey(pbx: PbxView, call: Attended, { digit, at }: Pressed): Decision {
  const by = stateOf(call);
  const message = messageOf(call);
  if (by === undefined || message === undefined) return ignore; // nothing is listed yet
  const quiet = attendantTimerOff(call);
  const { call: known, effects } = heard(call);
  switch (digit) {
    case '1':
      return both([quiet], introduce(pbx, call, []));
    case '2':
      return both([quiet, ...effects], next(pbx, known, [], at));
    case '3': {
      const removed: PbxEffect = {
        to: 'store',
        do: 'mark-message',
        mailbox: by.mailbox,
        message: message.id,
        as: 'removed',
      };
      return both([quiet, removed], next(pbx, without(call, message), [{ say: 'message-deleted' }], at));
    }
    case '4':
      return both([quiet, ...effects], callBack(pbx, known, at));
    case '#':
      return both([quiet, ...effects], goodbye(pbx, known, [{ say: 'goodbye' }], at));
    default:
      return ignore; // no key of ours; what it has cut goes on by itself
  }
}

/** A message that was played, to its end or not, is new no more. */
function heard(call: Attended): { readonly call: Attended; readonly effects: readonly PbxEffect[] } {
  const by = stateOf(call);
  const message = messageOf(call);
  if (by === undefined || message?.isNew !== true || by.phase === 'intro') return { call, effects: [] };
  const messages = (by.messages ?? []).map((one) => (one.id === message.id ? { ...one, isNew: false } : one));
  return {
    call: moved(call, { messages }),
    effects: [{ to: 'store', do: 'mark-message', mailbox: by.mailbox, message: message.id, as: 'heard' }],
  };
}

function without(call: Attended, { id }: KeptMessage): Attended {
  const by = stateOf(call);
  // The one behind takes its place.
  return moved(call, { messages: (by?.messages ?? []).filter((one) => one.id !== id), index: (by?.index ?? 0) - 1 });
}

function next(pbx: PbxView, call: Attended, before: Prompt, at: EpochMs): Decision {
  const by = stateOf(call);
  const index = (by?.index ?? 0) + 1;
  if (index < (by?.messages ?? []).length) return introduce(pbx, moved(call, { index }), before);
  return goodbye(pbx, call, [...before, { say: 'end-of-messages' }], at);
}

function callBack(pbx: PbxView, call: Attended, at: EpochMs): Decision {
  const leg = call.legs.get(call.state.leg);
  const number = messageOf(call)?.callerNumber;
  const user = leg === undefined ? undefined : personOfFar(pbx, leg.far);
  const dialled =
    leg === undefined || number === undefined || user === undefined
      ? undefined
      : dialAnew(pbx, call, { leg, user, number, at });
  if (typeof dialled === 'object') return dialled;
  const why = dialled === undefined ? 'not-available' : promptOfRefusal(dialled);
  const told = speak(pbx, call, 'menu', [{ say: why }, { say: 'mailbox-menu' }]);
  return dialled === undefined ? told : withAlarm(told, refusalAlarm(pbx, { why: dialled, call: call.id, user, at }));
}

function messageOf(call: Attended): KeptMessage | undefined {
  const by = stateOf(call);
  return by?.messages?.[by.index];
}

const saidOf = (call: Attended): number => stateOf(call)?.said ?? 0;
/** Each thing that is said has its own, so that the late end of one that a key has cut is known. */
const tagOf = (call: Attended): string => `mailbox/${saidOf(call)}`;
