/**
 * Calls that the office's own set-up leads outside: a step of a plan, a fallback, a queue's overflow. Whoever set it up has
 * chosen the number, so no person's limits and no closed country stop it; trunks' limits do, and it is counted on the account
 * of the number that was called (fraud-guard.ts). Without a trunk the outgoing rules decide, as for a phone of the office.
 */
import type { NumberId, TrunkId } from '../values/ids';
import { deviceIdOf, type EpochMs } from '../values/ids';
import type { PbxView } from '../state/view';
import { type Destination, destinationOf } from './dial-plan';
import { accountOf } from './fraud-guard';

interface LedOutside {
  readonly number: string;
  readonly trunkId?: TrunkId | undefined;
  /** The number of ours that was called. */
  readonly called: NumberId | undefined;
  readonly at: EpochMs;
}

export function ledOutside(pbx: PbxView, { number, trunkId, called, at }: LedOutside): Destination {
  if (!/^\+?\d+$/.test(number)) return { kind: 'nowhere' };
  const account = accountOf(called);
  if (trunkId === undefined) {
    const shown = called === undefined ? {} : { number: called };
    return destinationOf(pbx, { kind: 'device', device: nobodys, at, account, ...shown }, number);
  }
  const trunk = pbx.directory.trunks.get(trunkId);
  return trunk === undefined ? { kind: 'no-trunk' } : { kind: 'outside', trunk, number, at, spender: account };
}

const nobodys = deviceIdOf('');
