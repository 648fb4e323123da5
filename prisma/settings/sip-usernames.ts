/**
 * Devices and office PBXs register under one name space: whoever had another's name would take its registrations. (Other trunks
 * carry the name that a provider gave, which may be anything.)
 */
import type { Store, Tx } from '../connect';
import { lockNumbers } from '../crm/lock-numbers';
import type { StoreProblem, TrunkFields } from '../operations';

export async function takenByTrunk(store: Store, tx: Tx, username: string): Promise<StoreProblem | undefined> {
  await lockName(store, tx, username);
  const count = await tx.trunk.count({ where: { kind: 'pbx', username } });
  return count === 0 ? undefined : { kind: 'taken', field: 'username' };
}

/** Of a trunk that is made, or (with its id) changed. */
export async function takenName(
  store: Store,
  tx: Tx,
  { kind, username, id }: Pick<TrunkFields, 'kind' | 'username'> & { readonly id: string },
): Promise<StoreProblem | undefined> {
  if (kind !== 'pbx' || username === undefined) return undefined;
  await lockName(store, tx, username);
  const devices = await tx.device.count({ where: { username } });
  const trunks = await tx.trunk.count({ where: { kind: 'pbx', username, id: { not: id } } });
  return devices + trunks === 0 ? undefined : { kind: 'taken', field: 'username' };
}

/** Two tables have no unique key in common. */
const lockName = ({ kind }: Store, tx: Tx, username: string): Promise<void> =>
  lockNumbers(kind, tx, [`sip-username ${username}`]);
