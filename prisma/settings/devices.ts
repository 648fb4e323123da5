/** SIP accounts of people. Digests (HA1) go in here and out only in the directory that the process loads. */
import { fail, succeed } from '../../call-router/values/result';
import type { Store } from '../connect';
import type { Answer, ReadingOperations } from '../operations';
import { answered } from '../problems';
import type { DeviceRow } from '../records';
import { isoTime, newId, present } from '../rows';
import type { Device } from '../sqlite/generated/client';
import type { Viewer } from '../who';
import { takenByTrunk } from './sip-usernames';

export function deviceRow(device: Device): DeviceRow {
  return present<DeviceRow>({
    id: device.id,
    userId: device.userId,
    name: device.name,
    username: device.username,
    algorithm: device.algorithm as DeviceRow['algorithm'],
    numberId: device.numberId,
    createdAt: isoTime(device.createdAt),
  });
}

export async function createDevice(
  store: Store,
  request: ReadingOperations['create-device']['request'],
): Promise<Answer<DeviceRow>> {
  const { userId, name, username, ha1Md5, ha1Sha256, numberId, algorithm } = request;
  if (name.trim() === '') return fail({ kind: 'invalid', field: 'name', why: 'must not be empty' });
  return answered(() =>
    store.write(async (tx) => {
      if ((await tx.user.count({ where: { id: userId } })) === 0) return fail({ kind: 'not-found' } as const);
      if (numberId !== undefined && (await tx.ownNumber.count({ where: { id: numberId } })) === 0)
        return fail({ kind: 'unknown-reference', field: 'numberId' } as const);
      const taken = await takenByTrunk(store, tx, username);
      if (taken !== undefined) return fail(taken);
      const device = await tx.device.create({
        data: {
          id: newId(),
          userId,
          name,
          username,
          algorithm: algorithm ?? 'MD5',
          numberId: numberId ?? null,
          ha1Md5,
          ha1Sha256,
          createdAt: BigInt(store.clock.now()),
        },
      });
      return succeed(deviceRow(device));
    }),
  );
}

/** Its user name and password stay: nothing is to be entered in the phone again. */
export async function changeDevice(
  store: Store,
  { id, viewer, patch }: ReadingOperations['change-device']['request'],
): Promise<Answer<DeviceRow>> {
  const { name, numberId } = patch;
  if (name?.trim() === '') return fail({ kind: 'invalid', field: 'name', why: 'must not be empty' });
  return answered(() =>
    store.write(async (tx) => {
      const isUnknown = typeof numberId === 'string' && (await tx.ownNumber.count({ where: { id: numberId } })) === 0;
      if (isUnknown) return fail({ kind: 'unknown-reference', field: 'numberId' } as const);
      const theirs = { id, ...ownOf(viewer) };
      const data = { ...(name === undefined ? {} : { name }), ...(numberId === undefined ? {} : { numberId }) };
      await tx.device.updateMany({ where: theirs, data });
      const device = await tx.device.findFirst({ where: theirs });
      return device === null ? fail({ kind: 'not-found' } as const) : succeed(deviceRow(device));
    }),
  );
}

/** An operator has their own devices only. */
const ownOf = (viewer: Viewer): { readonly userId?: string } =>
  viewer.role === 'operator' ? { userId: viewer.userId } : {};

export async function removeDevice(
  store: Store,
  request: ReadingOperations['remove-device']['request'],
): Promise<Answer<undefined>> {
  const { id, viewer } = request;
  return store.write(async (tx) => {
    const { count } = await tx.device.deleteMany({ where: { id, ...ownOf(viewer) } });
    return count === 0 ? fail({ kind: 'not-found' }) : succeed(undefined);
  });
}

export async function listDevices(
  store: Store,
  request: ReadingOperations['list-devices']['request'],
): Promise<Answer<readonly DeviceRow[]>> {
  const { userId, viewer } = request;
  const isHidden = viewer.role === 'operator' && viewer.userId !== userId;
  if (isHidden || (await store.client.user.count({ where: { id: userId } })) === 0) return fail({ kind: 'not-found' });
  const devices = await store.client.device.findMany({
    where: { userId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return succeed(devices.map(deviceRow));
}
