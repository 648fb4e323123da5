/**
 * Sends a message to browsers whose page may be closed: encrypted for each of them (RFC 8291), signed by this installation
 * (RFC 8292), by its maker's push service (RFC 8030). A subscription that is gone is forgotten. No address is ever logged.
 */
import { generateRequestDetails } from 'web-push';
import type { PushKeys, PushSubscription } from '../../prisma/desk-records';
import type { AskReading } from '../api/deps';
import type { PushMessage } from '../api/push-messages';
import type { Clock } from '../clock';

export interface PushParts {
  readonly reading: AskReading;
  readonly clock: Clock;
  readonly keys: () => Promise<PushKeys>;
  /** `mailto:` or `https:`: whom a push service may ask about this sender. */
  readonly contact: () => Promise<string>;
  readonly log: { readonly warn: (fields: object, message: string) => void };
}

export interface Push {
  readonly message: PushMessage;
  /** The push service may throw it away after so long. */
  readonly forS: number;
  /** A later message of the same topic takes the place of one that was not delivered yet; at most 32 of base64url. */
  readonly topic: string;
  readonly urgency: 'normal' | 'high';
}

/** A push service that takes longer has failed. */
const answerWithinMs = 10_000;
/** RFC 8030 section 7.3: the subscription is no more. */
const goneStatuses: ReadonlySet<number> = new Set([404, 410]);

/** One message to each. Answers how many push services took it, when all have been tried; what failed is logged. */
export async function sendPush(parts: PushParts, to: readonly PushSubscription[], push: Push): Promise<number> {
  const taken = await Promise.all(
    to.map((subscription) =>
      sendOne(parts, subscription, push).catch((error: unknown) => {
        const name = error instanceof Error ? error.name : 'unknown';
        parts.log.warn({ error: name }, 'a push service could not be reached');
        return false;
      }),
    ),
  );
  return taken.filter((isTaken) => isTaken).length;
}

async function sendOne(parts: PushParts, subscription: PushSubscription, push: Push): Promise<boolean> {
  const { endpoint, p256dh, auth } = subscription;
  const request = generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(push.message), {
    vapidDetails: { subject: await parts.contact(), ...(await parts.keys()) },
    TTL: push.forS,
    topic: push.topic,
    urgency: push.urgency,
    contentEncoding: 'aes128gcm',
  });
  const status = await post(parts.clock, { endpoint, headers: headersOf(request.headers), body: request.body });
  if (goneStatuses.has(status)) await parts.reading('remove-push-subscription', { endpoint });
  else if (status >= 300) parts.log.warn({ status }, 'a push service refused a message');
  return status < 300;
}

interface PostRequest {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

/** Follows no redirection: it would lead past the list of push services. */
async function post(clock: Clock, { endpoint, headers, body }: PostRequest): Promise<number> {
  const late = new AbortController();
  const cancel = clock.after(answerWithinMs, () => late.abort());
  try {
    const bytes = body === null ? undefined : new Uint8Array(body);
    const init = { method: 'POST', headers, redirect: 'manual', signal: late.signal } as const;
    const answer = await fetch(endpoint, bytes === undefined ? init : { ...init, body: bytes });
    await answer.body?.cancel();
    return answer.status;
  } finally {
    cancel();
  }
}

/** fetch counts the length itself. */
function headersOf(given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const kept = Object.entries(given).filter(([name]) => name.toLowerCase() !== 'content-length');
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}
