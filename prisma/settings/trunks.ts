/** Trunks. Their password is sealed here (seal.ts) and opened only for the directory that the process loads. */
import { isIP } from 'node:net';
import { fail, type Result, succeed } from '../../call-router/values/result';
import type { AudioCodec } from '../../call-router/state/directory';
import type { Store } from '../connect';
import type { Answer, ListRequest, Patch, ReadingOperations, StoreProblem, TrunkFields } from '../operations';
import { createdAfter, pageOf, pageSize } from '../paging';
import { answered } from '../problems';
import { lockOffice, namedBy } from '../office/named';
import type { Page, TrunkRow } from '../records';
import { isoTime, newId, present } from '../rows';
import { seal } from '../seal';
import type { Trunk } from '../sqlite/generated/client';
import { takenName } from './sip-usernames';
import { laidOver } from '../laid-over';

export function trunkRow(trunk: Trunk): TrunkRow {
  return present<TrunkRow>({
    id: trunk.id,
    name: trunk.name,
    kind: trunk.kind as TrunkRow['kind'],
    host: trunk.host,
    port: trunk.port,
    transport: trunk.transport as TrunkRow['transport'],
    username: trunk.username,
    hasPassword: trunk.sealedPassword !== null,
    allowedAddresses: JSON.parse(trunk.allowedAddresses) as readonly string[],
    numberFrom: trunk.numberFrom as TrunkRow['numberFrom'],
    numberFormat: trunk.numberFormat as TrunkRow['numberFormat'],
    country: trunk.country,
    codecs: JSON.parse(trunk.codecs) as readonly AudioCodec[],
    channelsMax: trunk.channelsMax,
    tieLine: trunk.tieLine,
    callsPerSecondMax: trunk.callsPerSecondMax,
    isForEmergency: trunk.isForEmergency,
    weRegister: trunk.weRegister,
    createdAt: isoTime(trunk.createdAt),
  });
}

export async function createTrunk(
  store: Store,
  request: ReadingOperations['create-trunk']['request'],
): Promise<Answer<TrunkRow>> {
  const { password } = request;
  const problem = problemWith(request, password === undefined ? 'no-password' : 'has-password');
  if (problem !== undefined) return fail(problem);
  const id = newId();
  const sealedPassword = password === undefined ? null : seal(store.key, password, id);
  return answered(() =>
    store.write(async (tx) => {
      const taken = await takenName(store, tx, { ...request, id });
      if (taken !== undefined) return fail(taken);
      const createdAt = BigInt(store.clock.now());
      return succeed(
        trunkRow(await tx.trunk.create({ data: { ...columnsOf(request), id, sealedPassword, createdAt } })),
      );
    }),
  );
}

export async function changeTrunk(
  store: Store,
  request: ReadingOperations['change-trunk']['request'],
): Promise<Answer<TrunkRow>> {
  const { id, patch } = request;
  return answered(() =>
    store.write(async (tx) => {
      const before = await tx.trunk.findUnique({ where: { id } });
      if (before === null) return fail({ kind: 'not-found' } as const);
      const whole = patched(trunkRow(before), patch);
      if (!whole.ok) return whole;
      const sealedPassword = sealedAfter(store, before, patch.password);
      const problem = problemWith(whole.value, sealedPassword === null ? 'no-password' : 'has-password');
      if (problem !== undefined) return fail(problem);
      const taken = await takenName(store, tx, { ...whole.value, id });
      if (taken !== undefined) return fail(taken);
      const data = { ...columnsOf(whole.value), sealedPassword };
      return succeed(trunkRow(await tx.trunk.update({ where: { id }, data })));
    }),
  );
}

function sealedAfter(store: Store, before: Trunk, password: string | null | undefined): string | null {
  if (password === undefined) return before.sealedPassword;
  return password === null ? null : seal(store.key, password, before.id);
}

function patched(row: TrunkRow, patch: Patch<TrunkFields>): Result<TrunkFields, StoreProblem> {
  for (const field of ['name', 'kind'] as const)
    if (patch[field] === null) return fail({ kind: 'invalid', field, why: 'cannot be removed' });
  return succeed(laidOver(row, patch) as TrunkFields);
}

function columnsOf(fields: TrunkFields) {
  return {
    name: fields.name,
    kind: fields.kind,
    host: fields.host ?? null,
    port: fields.port ?? null,
    transport: fields.transport ?? 'udp',
    username: fields.username ?? null,
    allowedAddresses: JSON.stringify(fields.allowedAddresses ?? []),
    numberFrom: fields.numberFrom ?? 'request-uri',
    numberFormat: fields.numberFormat ?? 'e164',
    country: fields.country ?? null,
    codecs: JSON.stringify(fields.codecs ?? (['PCMA', 'PCMU'] satisfies AudioCodec[])),
    channelsMax: fields.channelsMax ?? null,
    tieLine: fields.tieLine ?? false,
    callsPerSecondMax: fields.callsPerSecondMax ?? null,
    isForEmergency: fields.isForEmergency ?? false,
    weRegister: fields.weRegister ?? false,
  };
}

function problemWith(fields: TrunkFields, password: 'has-password' | 'no-password'): StoreProblem | undefined {
  const invalid = (field: string, why: string): StoreProblem => ({ kind: 'invalid', field, why });
  if (fields.name.trim() === '') return invalid('name', 'must not be empty');
  if (!['address', 'registration', 'pbx'].includes(fields.kind))
    return invalid('kind', 'one of address, registration, pbx');
  if (fields.kind !== 'pbx' && (fields.host ?? '') === '')
    return invalid('host', 'an address and a registration need it');
  if (fields.kind === 'registration' && (fields.username === undefined || password === 'no-password'))
    return invalid('username', 'a registration needs a user name and a password');
  if (fields.weRegister === true && fields.kind !== 'pbx')
    return invalid('weRegister', 'is for an office PBX; a registration always does');
  const hasAccount = (fields.host ?? '') !== '' && fields.username !== undefined && password === 'has-password';
  if (fields.weRegister === true && !hasAccount)
    return invalid('weRegister', 'needs host, user name and password of our account there');
  if (fields.port !== undefined && !isWithin(fields.port, 1, 65_535)) return invalid('port', '1 to 65535');
  if (fields.channelsMax !== undefined && !isWithin(fields.channelsMax, 1, 100_000))
    return invalid('channelsMax', 'at least 1');
  if (fields.callsPerSecondMax !== undefined && !isWithin(fields.callsPerSecondMax, 1, 10_000))
    return invalid('callsPerSecondMax', '1 to 10000');
  if (fields.codecs !== undefined && fields.codecs.length === 0) return invalid('codecs', 'at least one');
  const wrong = (fields.allowedAddresses ?? []).find((range) => !isAddressRange(range));
  return wrong === undefined ? undefined : invalid('allowedAddresses', `${wrong} is no address and no range`);
}

const isWithin = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

/** IPv4 or IPv6, alone or with a prefix length. */
function isAddressRange(text: string): boolean {
  const [address, prefix, ...more] = text.split('/');
  const version = isIP(address ?? '');
  if (version === 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

export async function removeTrunk(
  store: Store,
  request: ReadingOperations['remove-trunk']['request'],
): Promise<Answer<undefined>> {
  const { id } = request;
  return answered(() =>
    store.write(async (tx) => {
      await lockOffice(store, tx);
      const number = await tx.ownNumber.findFirst({ where: { trunkId: id }, select: { number: true } });
      const by = number === null ? await namedBy(tx, 'trunk', id) : `number ${number.number}`;
      if (by !== undefined) return fail({ kind: 'in-use', by } as const);
      await tx.trunk.delete({ where: { id } });
      return succeed(undefined);
    }),
  );
}

export async function getTrunk(store: Store, id: string): Promise<Answer<TrunkRow>> {
  const trunk = await store.client.trunk.findUnique({ where: { id } });
  return trunk === null ? fail({ kind: 'not-found' }) : succeed(trunkRow(trunk));
}

export async function listTrunks(store: Store, request: ListRequest): Promise<Page<TrunkRow>> {
  const limit = pageSize(request.limit);
  const trunks = await store.client.trunk.findMany({
    where: createdAfter(request.cursor),
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  });
  return pageOf(trunks, limit, { item: trunkRow, cursor: (trunk) => [Number(trunk.createdAt), trunk.id] });
}
