/**
 * Somebody leaves: in one transaction their phones, log-ins and tokens end, and what was theirs to look after is a colleague's.
 * Their account stays, disabled, with its name and extension: calls, recordings and cards go on saying who it was, and whoever
 * comes back is let in again (without phones).
 */
import { fail, succeed } from '../../call-router/values/result';
import type { Store, Tx } from '../connect';
import { lockOffice } from '../office/named';
import { isInherited, type Succession, succeededIn } from '../office/successor';
import { fieldsOf, jsonOf } from '../office/stored';
import type { Answer, ReadingOperations, StoreProblem } from '../operations';
import { answered } from '../problems';
import type { Dismissal, OfficeKind } from '../records';
import { routeOf } from './routes';
import { userRow } from './users';

type Request = ReadingOperations['dismiss-user']['request'];

export async function dismissUser(store: Store, request: Request): Promise<Answer<Dismissal>> {
  const { id, successorUserId, by } = request;
  const succession: Succession = { from: id, to: successorUserId };
  return answered(() =>
    store.write(async (tx) => {
      await lockOffice(store, tx);
      const problem = await problemWith(tx, succession, by);
      if (problem !== undefined) return fail(problem);
      const ended = await endAccess(tx, id);
      const passed = { ...(await passCards(tx, succession)), ...(await passOffice(tx, succession)) };
      await passWaiting(tx, succession);
      const user = await tx.user.update({ where: { id }, data: { disabled: true } });
      return succeed({ user: userRow(user), ended, passed });
    }),
  );
}

async function problemWith(tx: Tx, { from, to }: Succession, by: string): Promise<StoreProblem | undefined> {
  const leaver = await tx.user.findUnique({ where: { id: from } });
  if (leaver === null) return { kind: 'not-found' };
  if (from === by) return { kind: 'refused', why: 'You cannot dismiss yourself: another administrator can.' };
  const successor = from === to ? null : await tx.user.findUnique({ where: { id: to } });
  if (successor === null || successor.disabled)
    return { kind: 'invalid', field: 'successorUserId', why: 'must be a colleague who works here' };
  const administrators = await tx.user.count({ where: { role: 'administrator', disabled: false, NOT: { id: from } } });
  return leaver.role === 'administrator' && administrators === 0
    ? { kind: 'refused', why: 'This is the last administrator.' }
    : undefined;
}

/** Where registered phones are: kept by device, and left to their time in the gateway without an account. */
async function endAccess(tx: Tx, userId: string): Promise<Dismissal['ended']> {
  const devices = await tx.device.findMany({ where: { userId }, select: { id: true } });
  await tx.binding.deleteMany({ where: { of: { in: devices.map((device) => `device ${device.id}`) } } });
  await tx.device.deleteMany({ where: { userId } });
  await tx.pushSubscription.deleteMany({ where: { userId } });
  await tx.invitation.deleteMany({ where: { userId } });
  const tokens = await tx.login.deleteMany({ where: { userId, kind: 'token' } });
  const logIns = await tx.login.deleteMany({ where: { userId } });
  return { devices: devices.length, logIns: logIns.count, tokens: tokens.count };
}

async function passCards(tx: Tx, { from, to }: Succession) {
  const theirs = { where: { responsibleUserId: from }, data: { responsibleUserId: to } };
  const contacts = await tx.contact.updateMany(theirs);
  const companies = await tx.company.updateMany(theirs);
  const leads = await tx.lead.updateMany(theirs);
  const deals = await tx.deal.updateMany(theirs);
  return { contacts: contacts.count, companies: companies.count, leads: leads.count, deals: deals.count };
}

/** Numbers, routes, groups, queues, plans, mailboxes, rules of new leads. */
async function passOffice(tx: Tx, succession: Succession) {
  const numbers = await passNumbers(tx, succession);
  await joinMailboxes(tx, succession);
  return { numbers, objects: await succeedInObjects(tx, succession) };
}

/** A mobile that is somebody else's now must be proved anew. */
async function passNumbers(tx: Tx, succession: Succession): Promise<number> {
  const { from, to } = succession;
  const where = { OR: [{ dutyUserId: from }, { ownerUserId: from }] };
  const named = await tx.ownNumber.findMany({ where, select: { id: true } });
  await tx.ownNumber.updateMany({ where: { dutyUserId: from }, data: { dutyUserId: to } });
  await tx.ownNumber.updateMany({ where: { ownerUserId: from }, data: { ownerUserId: to, isVerified: false } });
  const led = await succeedInRoutes(tx, succession);
  return new Set([...named.map(({ id }) => id), ...led]).size;
}

/** Nobody has two: messages go into the successor's own, if they have one, and whatever led to the old leads there. */
async function joinMailboxes(tx: Tx, { from, to }: Succession): Promise<void> {
  const boxes = await tx.officeObject.findMany({ where: { kind: 'mailbox' } });
  const of = (userId: string) => boxes.find((box) => fieldsOf<'mailbox'>(box).userId === userId);
  const [old, own] = [of(from), of(to)];
  if (old === undefined || own === undefined) return; // with none of their own they take it over, like any object
  await tx.message.updateMany({ where: { mailboxId: old.id }, data: { mailboxId: own.id } });
  await tx.officeObject.delete({ where: { id: old.id } });
  const moved: Succession = { from: old.id, to: own.id };
  await succeedInRoutes(tx, moved);
  await succeedInObjects(tx, moved);
}

/** @returns the numbers whose route or fallback has changed. */
async function succeedInRoutes(tx: Tx, succession: Succession): Promise<readonly string[]> {
  const passed = (text: string): string => JSON.stringify(succeededIn(routeOf(text), succession));
  const changed: string[] = [];
  for (const { id, route, fallback } of await tx.ownNumber.findMany()) {
    if (!`${route} ${fallback}`.includes(succession.from)) continue;
    const data = { route: passed(route), fallback: fallback === null ? null : passed(fallback) };
    await tx.ownNumber.update({ where: { id }, data });
    changed.push(id);
  }
  return changed;
}

/** @returns how many have changed. */
async function succeedInObjects(tx: Tx, succession: Succession): Promise<number> {
  const objects = await tx.officeObject.findMany();
  const named = objects.filter((row) => isInherited(row.kind as OfficeKind) && row.json.includes(succession.from));
  for (const row of named) {
    const json = jsonOf(succeededIn(fieldsOf<OfficeKind>(row), succession));
    await tx.officeObject.update({ where: { id: row.id }, data: { json } });
  }
  return named.length;
}

/** Clients whom nobody has called back yet wait for the colleague now; offers of new leads stay with the rest of the group. */
async function passWaiting(tx: Tx, { from, to }: Succession): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "CallMissed" WHERE "of" = 'user' AND "ofId" = ${from} AND "reachedAt" IS NULL
       AND "callId" IN (SELECT "callId" FROM "CallMissed" WHERE "of" = 'user' AND "ofId" = ${to})`;
  await tx.callMissed.updateMany({ where: { of: 'user', ofId: from, reachedAt: null }, data: { ofId: to } });
  await tx.leadOffer.deleteMany({ where: { userId: from } });
  await tx.notice.deleteMany({ where: { userId: from } });
}
