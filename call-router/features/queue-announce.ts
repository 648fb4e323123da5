/**
 * What a caller in a queue hears: the greeting, then music, and from time to time the place in line, how long it may take
 * and that they may be called back.
 */
import type { PbxEffect } from '../effect';
import type { Prompt, PromptPart, Queue } from '../state/office';
import type { PbxView } from '../state/view';
import type { QueueId } from '../values/ids';
import { inLine, type Queued } from './queue-wait';

/** Of a queue that has taken no call yet. */
const firstHandlingMs = 180_000;

export function greeting(pbx: PbxView, call: Queued, queue: Queue): PbxEffect {
  const prompts = queue.greeting ?? [{ say: 'queue-greeting' }];
  if (prompts.length === 0)
    return { to: 'media', do: 'play-music', leg: call.state.leg, music: queue.musicId ?? 'own' };
  return sayInLine(pbx, call, { queue, prompts, tag: 'queue-greeting' });
}

/** Undefined: this queue announces nothing now. */
export function announcement(pbx: PbxView, call: Queued, queue: Queue): PbxEffect | undefined {
  const position = positionOf(pbx, call);
  const prompts: PromptPart[] = [];
  if (queue.announce.position) prompts.push({ say: 'queue-position' }, { number: position });
  const waitMs = queue.announce.wait ? waitEstimateMs(pbx, queue, position) : undefined;
  if (waitMs !== undefined) prompts.push({ say: 'queue-wait-minutes' }, { number: Math.ceil(waitMs / 60_000) });
  if (queue.callbackDigit !== undefined) prompts.push({ say: 'queue-callback-offer' }, { digits: queue.callbackDigit });
  return prompts.length === 0 ? undefined : sayInLine(pbx, call, { queue, prompts, tag: 'queue-announcement' });
}

interface Saying {
  readonly queue: Queue;
  readonly prompts: Prompt;
  readonly tag: string;
}

/** Said to who waits, and the music again. */
export function sayInLine(pbx: PbxView, call: Queued, { queue, prompts, tag }: Saying): PbxEffect {
  const language = call.language ?? pbx.directory.language;
  const thenMusic = queue.musicId ?? 'own';
  return { to: 'media', do: 'play-prompts', leg: call.state.leg, prompts, language, tag, untilDigit: false, thenMusic };
}

/** 1 is next. */
export const positionOf = (pbx: PbxView, call: Queued): number =>
  1 +
  Math.max(
    0,
    inLine(pbx, call.state.queue).findIndex(({ id }) => id === call.id),
  );

/**
 * How long whoever stands there will wait: the calls before them and theirs, each of them as long as the last calls took,
 * shared by the agents at work. Undefined: nobody is logged in.
 */
export function waitEstimateMs(pbx: PbxView, queue: Queue, position: number): number | undefined {
  const agents = agentsAtWork(pbx, queue.id, queue);
  const handlingMs = pbx.queueWork(queue.id).handlingMs ?? firstHandlingMs;
  return agents === 0 ? undefined : Math.round((position * handlingMs) / agents);
}

const agentsAtWork = (pbx: PbxView, id: QueueId, { members }: Queue): number =>
  members.filter(({ userId }) => {
    const { agentOf, pause } = pbx.person(userId);
    return agentOf.includes(id) && pause === undefined;
  }).length;
