/** The key pair that says to push services who sends (VAPID, RFC 8292): made once for an installation, then never changed. */
import { generateVAPIDKeys } from 'web-push';
import type { PushKeys } from '../../prisma/desk-records';
import type { AskReading } from '../api/deps';

/** A function that answers them, asked of the database once. A failure is not kept: the next question tries again. */
export function openPushKeys(reading: AskReading): () => Promise<PushKeys> {
  let keys: Promise<PushKeys> | undefined;
  return () => {
    keys ??= loadOrMake(reading).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };
}

async function loadOrMake(reading: AskReading): Promise<PushKeys> {
  return (await reading('load-push-keys', undefined)) ?? (await reading('save-push-keys', generateVAPIDKeys()));
}
