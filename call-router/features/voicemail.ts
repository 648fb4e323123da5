/**
 * Leaving a message: greeting, beep, and then what the caller says is in the call's own recording, our side silent, until
 * `#`, the longest message, or the end of the call. The message is a stretch of that recording, so the client's card has it.
 *
 *   greeting ──said, or a digit──▶ beep ──▶ message ──#, messageMaxS──▶ kept: thanks, the end    too short: beep again
 *                                              └─the call ends, however──▶ kept, if it is no click of a receiver
 */
import type { PbxEffect } from '../effect';
import type { Call, Leg } from '../state/call';
import type { Prompt } from '../state/office';
import { messageMinMs } from '../state/person';
import type { PbxView } from '../state/view';
import type { EpochMs, LegId, MailboxId } from '../values/ids';
import { announceAndEnd, attend, type Attended, attendantTimer, attendantTimerOff, isAttended, say } from './attend';
import { both, type Decision, decided, ignore } from './decision';
import { leadNowhere } from './onward';
import { sidecarOf } from './client';

/** Messages kept in one mailbox. */
const mailboxMessagesMax = 500;

interface LeaveMessage {
  readonly leg: Leg;
  readonly mailbox: MailboxId;
  readonly at: EpochMs;
}

export function takeMessage(pbx: PbxView, call: Call, { leg, mailbox, at }: LeaveMessage): Decision {
  if (!pbx.directory.mailboxes.has(mailbox)) return leadNowhere(pbx, call, { leg, cause: 'unreachable', at });
  const refusal = isFull(pbx, mailbox) ? 'voicemail-full' : isRecordedToTheEnd(call) ? 'not-available' : undefined;
  if (refusal !== undefined) {
    return announceAndEnd(pbx, call, { leg: leg.id, prompts: [{ say: refusal }], cause: 'ended-by-route', at });
  }
  return attend(pbx, call, { leg: leg.id, by: { kind: 'voicemail', mailbox, phase: 'greeting' }, at });
}

function isFull({ mailboxCounts }: PbxView, mailbox: MailboxId): boolean {
  const count = mailboxCounts.get(mailbox);
  return count !== undefined && count.newMessages + count.oldMessages >= mailboxMessagesMax;
}

/** A call has one recording, and this one's is finished. */
const isRecordedToTheEnd = (call: Call): boolean => call.recording === 'none' && call.recordingSince !== undefined;

type Voicemail = Extract<Attended['state']['by'], { readonly kind: 'voicemail' }>;
const voicemailOf = ({ state: { by } }: Attended): Voicemail | undefined => (by.kind === 'voicemail' ? by : undefined);

export function beginVoicemail(pbx: PbxView, call: Attended): Decision {
  const by = voicemailOf(call);
  const greeting = by === undefined ? undefined : pbx.directory.mailboxes.get(by.mailbox)?.greeting;
  const prompts = greeting ?? [{ say: 'voicemail-greeting' }];
  return decided(call, [say(pbx, call, { prompts, tag: 'greeting', untilDigit: true })]);
}

export function voicemailSaid(
  pbx: PbxView,
  call: Attended,
  { tag, at }: { readonly tag: string; readonly at: EpochMs },
): Decision {
  const by = voicemailOf(call);
  if (by === undefined || tag !== by.phase) return ignore; // of the words before
  if (by.phase === 'greeting') return beep(pbx, call, by.mailbox, [{ say: 'beep' }]);
  return by.phase === 'beep' ? listen(pbx, call, by.mailbox, at) : ignore;
}

function beep(pbx: PbxView, call: Attended, mailbox: MailboxId, prompts: Prompt): Decision {
  const waiting: Attended = { ...call, state: { ...call.state, by: { kind: 'voicemail', mailbox, phase: 'beep' } } };
  return decided(waiting, [say(pbx, waiting, { prompts, tag: 'beep' })]);
}

function listen(pbx: PbxView, call: Attended, mailbox: MailboxId, since: EpochMs): Decision {
  const maxS = pbx.directory.mailboxes.get(mailbox)?.messageMaxS ?? 0;
  const state = { ...call.state, by: { kind: 'voicemail', mailbox, phase: 'message', since } } as const;
  const recorded = recordFrom({ ...call, state }, call.state.leg, since);
  return decided(recorded.call, [...recorded.effects, attendantTimer(call, maxS * 1000)]);
}

/** A call that nobody has answered begins its recording here; one that was talked in goes on in the same file. */
function recordFrom(call: Call, customer: LegId, at: EpochMs): Left {
  const recording = call.recording === 'incomplete' ? 'incomplete' : 'running';
  const recorded: Call = { ...call, recording, recordingSince: call.recordingSince ?? at };
  const sidecar = sidecarOf(recorded);
  const noted: PbxEffect =
    call.recording === 'none'
      ? { to: 'recordings', do: 'start', call: call.id, at, sidecar }
      : { to: 'recordings', do: 'update', call: call.id, sidecar };
  return { call: recorded, effects: [noted, { to: 'media', do: 'record', call: call.id, customer }] };
}

export function voicemailDigit(
  pbx: PbxView,
  call: Attended,
  { digit, at }: { readonly digit: string; readonly at: EpochMs },
): Decision {
  // The greeting is cut by the engine; other digits are part of nothing.
  return digit === '#' && voicemailOf(call)?.phase === 'message' ? messageDone(pbx, call, at) : ignore;
}

/** By `#`, or it is as long as it may be. */
export function messageDone(pbx: PbxView, call: Attended, at: EpochMs): Decision {
  const by = voicemailOf(call);
  const leg = call.legs.get(call.state.leg);
  if (by?.phase !== 'message' || leg === undefined) return ignore; // it was done as the timer fired
  const quiet = attendantTimerOff(call);
  if (!pbx.directory.mailboxes.has(by.mailbox)) {
    const prompts = [{ say: 'not-available' }];
    return both([quiet], announceAndEnd(pbx, call, { leg: leg.id, prompts, cause: 'ended-by-route', at }));
  }
  const left = messageLeft(pbx, call, at);
  if (left.effects.length === 0) {
    return both([quiet], beep(pbx, call, by.mailbox, [{ say: 'voicemail-short' }, { say: 'beep' }]));
  }
  const prompts = [{ say: 'voicemail-saved' }];
  const thanks = announceAndEnd(pbx, left.call, { leg: leg.id, prompts, cause: 'ended-by-route', at });
  return both([quiet, ...left.effects], thanks);
}

interface Left {
  readonly call: Call;
  readonly effects: readonly PbxEffect[];
}

/** What the caller has said up to now, if it is a message. Asked by whatever ends the call, too. */
export function messageLeft({ directory }: PbxView, call: Call, at: EpochMs): Left {
  const by = isAttended(call) ? voicemailOf(call) : undefined;
  if (by?.phase !== 'message' || call.recordingSince === undefined) return { call, effects: [] };
  const { mailbox, since } = by;
  // Too short, or nobody could hear it: the mailbox was removed meanwhile.
  if (at - since < messageMinMs || !directory.mailboxes.has(mailbox)) return { call, effects: [] };
  const [fromMs, toMs] = [since - call.recordingSince, at - call.recordingSince];
  return {
    call: { ...call, messageIn: mailbox },
    effects: [{ to: 'store', do: 'save-message', mailbox, call: call.id, at: since, fromMs, toMs }],
  };
}
