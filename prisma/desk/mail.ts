/** E-mail: how it is sent (the password sealed like a trunk's), and which notices wait to be sent. */
import type { Language } from '../../call-router/state/office';
import { fail, succeed } from '../../call-router/values/result';
import type { Store } from '../connect';
import type { DeskOperations } from '../desk-operations';
import type { MailSettings, NoticeText } from '../desk-records';
import { savedDocuments } from '../office/documents';
import { fieldsOf } from '../office/stored';
import { seal, unseal } from '../seal';
import { preferencesOf } from '../settings/preferences';

type Ops = DeskOperations;

const key = 'mail';
type Saved = Omit<MailSettings, 'hasPassword'> & { readonly sealedPassword?: string };

async function saved({ client }: Store): Promise<Saved | undefined> {
  const row = await client.setting.findUnique({ where: { key } });
  return row === null ? undefined : (JSON.parse(row.value) as Saved);
}

export async function mailSettings(store: Store): Promise<Ops['get-mail-settings']['answer']> {
  const settings = await saved(store);
  if (settings === undefined) return undefined;
  const { sealedPassword, ...shown } = settings;
  return { ...shown, hasPassword: sealedPassword !== undefined };
}

/** With its password, for whoever sends. */
export async function mailAccount(store: Store): Promise<Ops['load-mail-account']['answer']> {
  const settings = await saved(store);
  if (settings === undefined) return undefined;
  const { sealedPassword, ...shown } = settings;
  return sealedPassword === undefined ? shown : { ...shown, password: unseal(store.key, sealedPassword, key) };
}

/** A password left out stays, `null` removes it. Without settings no mail is sent. */
export async function saveMailSettings(
  store: Store,
  { settings }: Ops['save-mail-settings']['request'],
): Promise<Ops['save-mail-settings']['answer']> {
  const before = await saved(store);
  if (settings === undefined) {
    await store.write((tx) => tx.setting.deleteMany({ where: { key } }));
    return succeed(undefined);
  }
  const { password, ...shown } = settings;
  // A password must not go to another server than the one it was given for.
  const isElsewhere = before !== undefined && before.host !== shown.host;
  if (password === undefined && isElsewhere && before.sealedPassword !== undefined)
    return fail({ kind: 'invalid', field: 'password', why: 'is missing: the server is another' });
  const sealedPassword =
    password == null ? (password === null ? undefined : before?.sealedPassword) : seal(store.key, password, key);
  const value = JSON.stringify({ ...shown, ...(sealedPassword === undefined ? {} : { sealedPassword }) });
  await store.write((tx) => tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } }));
  return succeed(undefined);
}

/** Of one look. */
const mailsMax = 50;

/** Oldest first, with the address and the language; those that have no address are done with. */
export async function unmailedNotices(
  store: Store,
  { since }: Ops['unmailed-notices']['request'],
): Promise<Ops['unmailed-notices']['answer']> {
  const rows = await store.client.notice.findMany({
    where: { mailedAt: null, at: { gte: BigInt(since) } },
    orderBy: { at: 'asc' },
    take: mailsMax,
  });
  if (rows.length === 0) return [];
  const receivers = await receiversOf(store, [...new Set(rows.map(({ userId }) => userId))]);
  const office = await savedDocuments(store.client);
  return rows.map(({ id, userId, kind, parameters }) => {
    const { address, language = office.language } = receivers.get(userId) ?? {};
    const text = { kind, parameters: JSON.parse(parameters) as object } as NoticeText;
    return { id, text, language, ...(address === undefined ? {} : { address }) };
  });
}

interface Receiver {
  readonly address?: string;
  readonly language?: Language;
}

/** `mailbox <id>`: not a person but the mailbox's own address. */
const mailboxOf = (userId: string): string | undefined => /^mailbox (.+)$/.exec(userId)?.[1];

async function receiversOf({ client }: Store, userIds: readonly string[]): Promise<ReadonlyMap<string, Receiver>> {
  const users = await client.user.findMany({ where: { id: { in: [...userIds] }, disabled: false } });
  const found = new Map(
    users.map((user) => [user.id, receiver(user.email ?? undefined, preferencesOf(user).language)]),
  );
  for (const userId of userIds) {
    const id = mailboxOf(userId);
    const mailbox = id === undefined ? null : await client.officeObject.findFirst({ where: { id, kind: 'mailbox' } });
    if (mailbox === null) continue;
    const { email, userId: owner } = fieldsOf<'mailbox'>(mailbox);
    const person = owner === undefined ? null : await client.user.findUnique({ where: { id: owner } });
    found.set(userId, receiver(email, person === null ? undefined : preferencesOf(person).language));
  }
  return found;
}

const receiver = (address: string | undefined, language: Language | undefined): Receiver => ({
  ...(address === undefined ? {} : { address }),
  ...(language === undefined ? {} : { language }),
});

export async function noticesMailed(store: Store, { ids }: Ops['notices-mailed']['request']): Promise<undefined> {
  const mailedAt = BigInt(store.clock.now());
  await store.write((tx) => tx.notice.updateMany({ where: { id: { in: [...ids] } }, data: { mailedAt } }));
}
