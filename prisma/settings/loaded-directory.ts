/** Everything the process serves, read at once: people, devices with their digests, trunks with their passwords, numbers, the office. */
import type { Store } from '../connect';
import type { LoadedDirectory } from '../operations';
import { savedDocuments } from '../office/documents';
import { loadedObjects } from '../office/objects';
import { unseal } from '../seal';
import { deviceRow } from './devices';
import { listNeverRecord } from './documents';
import { numberRow } from './numbers';
import { trunkRow } from './trunks';
import { userRow } from './users';

const inOrder = [{ createdAt: 'asc' as const }, { id: 'asc' as const }];

/** Devices of disabled people are left out: they can neither register nor call. */
export async function loadedDirectory(store: Store): Promise<LoadedDirectory> {
  const { client } = store;
  const users = await client.user.findMany({ orderBy: inOrder });
  const devices = await client.device.findMany({ where: { user: { disabled: false } }, orderBy: inOrder });
  const trunks = await client.trunk.findMany({ orderBy: inOrder });
  const numbers = await client.ownNumber.findMany({ orderBy: inOrder });
  return {
    users: users.map((user) => ({
      ...userRow(user),
      ...(user.sealedPin === null ? {} : { pin: unseal(store.key, user.sealedPin, user.id) }),
    })),
    devices: devices.map((device) => ({
      ...deviceRow(device),
      ha1Md5: device.ha1Md5,
      ha1Sha256: device.ha1Sha256,
    })),
    trunks: trunks.map((trunk) => ({
      ...trunkRow(trunk),
      ...(trunk.sealedPassword === null ? {} : { password: unseal(store.key, trunk.sealedPassword, trunk.id) }),
    })),
    numbers: numbers.map(numberRow),
    neverRecord: await listNeverRecord(client),
    objects: await loadedObjects(client),
    documents: await savedDocuments(client),
  };
}
