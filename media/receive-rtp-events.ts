/** Turns what media workers say into events for the router, and their death into one event for each leg they carried. */
import type { Worker } from 'node:worker_threads';
import { callIdOf, legIdFrom } from '../call-router/values/ids';
import type { EngineThread } from './engine-thread';
import type { FromEngine } from './engine/messages';
import type { MediaLeg } from './legs';
import type { MediaContext } from './media-context';
import { dropLeg, legLost } from './drop-leg';
import { legOpened } from './open-rtp-leg';

/** `said` gets an error of a worker: it is logged, the events tell the rest. */
export function receiveRtpEvents(
  media: MediaContext,
  thread: EngineThread,
  worker: Worker,
  said: (error: Error) => void,
): void {
  worker.on('message', (message: FromEngine) => {
    if (message.type === 'failed') said(message.error);
    receive(media, thread, message);
  });
  worker.on('error', said);
  worker.on('exit', () => threadDied(media, thread));
}

function receive(media: MediaContext, thread: EngineThread, message: FromEngine): void {
  switch (message.type) {
    case 'started':
    case 'counters':
    case 'stopped':
      thread.hear(message);
      return;
    case 'recording-overflowed':
      media.post({ from: 'media', type: 'recording-overflowed', at: media.now(), call: callIdOf(message.call) });
      return;
    case 'failed':
      if (message.leg !== undefined) legFailed(media, message.leg);
      return;
    default: {
      const leg = media.legs.get(legIdFrom(message.leg));
      // A word about a leg that is gone here crossed its end.
      if (leg !== undefined) receiveOfLeg(media, leg, message);
    }
  }
}

type OfLeg = Exclude<Extract<FromEngine, { leg: string }>, { type: 'failed' }>;

function receiveOfLeg(media: MediaContext, leg: MediaLeg, message: OfLeg): void {
  const about = { from: 'media', at: media.now(), call: leg.call, leg: leg.id } as const;
  switch (message.type) {
    case 'opened':
      leg.thread.lent(message.rtpPort);
      // Closed before it was open: the engine's `closed` follows.
      if (leg.state === 'opening') legOpened(media, leg, { rtpPort: message.rtpPort, ssrc: message.ssrc });
      return;
    case 'not-opened':
      dropLeg(media, leg.id);
      media.post({ ...about, type: 'leg-not-opened', problem: 'no-free-port' });
      return;
    case 'first-packet':
    case 'audio-lost':
    case 'audio-back':
      media.post({ ...about, type: message.type });
      return;
    case 'digit':
      media.post({ ...about, ...digitOf(message) });
      return;
    case 'prompts-ended':
      media.post({ ...about, type: 'prompts-ended', tag: message.tag, how: message.how });
      return;
    case 'quality':
      media.post({ ...about, type: 'quality-measured', quality: message.quality });
      return;
    case 'closed':
      dropLeg(media, leg.id);
      media.post({ ...about, type: 'leg-closed', quality: message.quality });
  }
}

function digitOf({ digit, durationMs, withheld }: Extract<FromEngine, { type: 'digit' }>) {
  return { type: 'digit-received', digit, durationMs, ...(withheld ? { withheld } : {}) } as const;
}

/** The audio of its legs is gone for good. Their calls end; the others talk on. */
function threadDied(media: MediaContext, thread: EngineThread): void {
  for (const [call, of] of media.recordings) if (of === thread) media.recordings.delete(call);
  for (const leg of media.legs.onThread(thread)) legLost(media, leg);
  thread.died();
}

/** The engine could not go on with this leg; the others of its thread talk on. */
function legFailed(media: MediaContext, id: string): void {
  const leg = media.legs.get(legIdFrom(id));
  if (leg !== undefined) legLost(media, leg);
}
