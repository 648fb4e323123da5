/**
 * Devices and office PBXs register under one name space: whoever had another's name would take its registrations. (Where
 * we register ourselves, the name is what the provider or the PBX gave, which may be anything.)
 */
import type { Store, Tx } from '../connect';
import { lockNumbers } from '../crm/lock-numbers';
import type { StoreProblem, TrunkFields } from '../operations';

export async function takenByTrunk(store: Store, tx: Tx, username: string): Promise<StoreProblem | undefined> {
  await lockName(store, tx, username);
  const count = await tx.trunk.count({ where: { ...registersHere, username } });
  return count === 0 ? undefined : { kind: 'taken', field: 'username' };
}

/** Of a trunk that is made, or (with its id) changed. */
export async function takenName(
  store: Store,
  tx: Tx,
  { kind, weRegister, username, id }: Pick<TrunkFields, 'kind' | 'username' | 'weRegister'> & { readonly id: string },
): Promise<StoreProblem | undefined> {
  if (kind !== 'pbx' || weRegister === true || username === undefined) return undefined;
  await lockName(store, tx, username);
  const devices = await tx.device.count({ where: { username } });
  const trunks = await tx.trunk.count({ where: { ...registersHere, username, id: { not: id } } });
  return devices + trunks === 0 ? undefined : { kind: 'taken', field: 'username' };
}

const registersHere = { kind: 'pbx', weRegister: false } as const;

/** Two tables have no unique key in common. */
const lockName = ({ kind }: Store, tx: Tx, username: string): Promise<void> =>
  lockNumbers(kind, tx, [`sip-username ${username}`]);
