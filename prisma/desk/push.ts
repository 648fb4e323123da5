/**
 * Web Push: where each browser can be told something while its page is closed (it ends with the log-in that made it), and the
 * key pair this installation signs with, its private half sealed like a trunk's password.
 */
import type { Store } from '../connect';
import type { DeskOperations } from '../desk-operations';
import { savedDocuments } from '../office/documents';
import { seal, unseal } from '../seal';
import { preferencesOf } from '../settings/preferences';

type Ops = DeskOperations;

const keysSetting = 'push-keys';
/** Of one person; the oldest makes room. */
const subscriptionsPerPersonMax = 10;

interface SavedKeys {
  readonly publicKey: string;
  readonly sealedPrivateKey: string;
}

export async function pushKeys({ client, key }: Store): Promise<Ops['load-push-keys']['answer']> {
  const row = await client.setting.findUnique({ where: { key: keysSetting } });
  if (row === null) return undefined;
  const { publicKey, sealedPrivateKey } = JSON.parse(row.value) as SavedKeys;
  return { publicKey, privateKey: unseal(key, sealedPrivateKey, keysSetting) };
}

/** Those that are there stay: every subscription was made for them. Answers the ones that count. */
export async function savePushKeys(
  store: Store,
  { publicKey, privateKey }: Ops['save-push-keys']['request'],
): Promise<Ops['save-push-keys']['answer']> {
  const saved: SavedKeys = { publicKey, sealedPrivateKey: seal(store.key, privateKey, keysSetting) };
  const row = { key: keysSetting, value: JSON.stringify(saved) };
  await store.write((tx) => tx.setting.upsert({ where: { key: keysSetting }, create: row, update: {} }));
  return (await pushKeys(store)) ?? { publicKey, privateKey };
}

/** A browser has one endpoint: whoever logs in there now has it. */
export async function savePushSubscription(
  store: Store,
  { endpoint, ...rest }: Ops['save-push-subscription']['request'],
): Promise<undefined> {
  const row = { ...rest, createdAt: BigInt(store.clock.now()) };
  await store.write(async (tx) => {
    await tx.pushSubscription.upsert({ where: { endpoint }, create: { endpoint, ...row }, update: row });
    const tooOld = await tx.pushSubscription.findMany({
      where: { userId: rest.userId },
      orderBy: [{ createdAt: 'desc' }, { endpoint: 'asc' }],
      skip: subscriptionsPerPersonMax,
      select: { endpoint: true },
    });
    const endpoints = tooOld.map((old) => old.endpoint);
    if (endpoints.length > 0) await tx.pushSubscription.deleteMany({ where: { endpoint: { in: endpoints } } });
  });
}

export async function removePushSubscription(
  store: Store,
  { endpoint, userId }: Ops['remove-push-subscription']['request'],
): Promise<undefined> {
  const ofPerson = userId === undefined ? {} : { userId };
  await store.write((tx) => tx.pushSubscription.deleteMany({ where: { endpoint, ...ofPerson } }));
}

/** Of log-ins that count now, of people who may work. */
export async function pushSubscriptions(
  { client, clock }: Store,
  { userIds }: Ops['push-subscriptions']['request'],
): Promise<Ops['push-subscriptions']['answer']> {
  const now = BigInt(clock.now());
  const rows = await client.pushSubscription.findMany({
    where: {
      ...(userIds === undefined ? {} : { userId: { in: [...userIds] } }),
      login: { user: { disabled: false }, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    },
    include: { login: { include: { user: true } } },
  });
  if (rows.length === 0) return [];
  const office = await savedDocuments(client);
  return rows.map(({ endpoint, userId, tokenHash, p256dh, auth, login }) => ({
    ...{ endpoint, userId, tokenHash, p256dh, auth },
    language: preferencesOf(login.user).language ?? office.language,
  }));
}
