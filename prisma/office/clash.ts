/** Codes, extensions, own numbers and park slots live in one space of what can be dialled: a change may not make two of one. */
import { type Clash, codeClash } from '../../call-router/features/code-clash';
import type { Directory } from '../../call-router/state/directory';
import type { Store, Tx } from '../connect';
import { directoryOf } from '../load-directory';
import type { StoreProblem } from '../operations';
import { numberRow } from '../settings/numbers';
import { trunkRow } from '../settings/trunks';
import { userRow } from '../settings/users';
import { savedDocuments } from './documents';
import { loadedObjects } from './objects';

/** The office as this transaction has it, without devices and secrets. */
export async function directoryIn(store: Store, tx: Tx): Promise<Directory> {
  return directoryOf(
    {
      users: (await tx.user.findMany()).map(userRow),
      devices: [],
      trunks: (await tx.trunk.findMany()).map(trunkRow),
      numbers: (await tx.ownNumber.findMany()).map(numberRow),
      neverRecord: [],
      objects: await loadedObjects(tx),
      documents: await savedDocuments(tx),
    },
    store.country,
  );
}

/** What was written: an extension, a number of ours, a calendar's code, the park slots, or the codes themselves. */
export type Written = 'extension' | 'number' | 'code' | 'first' | 'codes';

/** Asked after the write, as things would stand. The problem names the field that its author has to change. */
export async function clashAfter(store: Store, tx: Tx, written: Written): Promise<StoreProblem | undefined> {
  const directory = await directoryIn(store, tx);
  const clash = codeClash(directory.codes, directory);
  if (clash === undefined || !isOf(written, clash)) return undefined;
  const field = written === 'codes' ? fieldOf(clash) : written;
  return { kind: 'taken', field, by: byOther(written, clash, directory) };
}

/** An older clash elsewhere is not this author's. */
function isOf(written: Written, { code, with: other }: Clash): boolean {
  switch (written) {
    case 'extension':
      return other.kind === 'extension';
    case 'number':
      return other.kind === 'own-number';
    case 'first':
      return other.kind === 'parking-slot';
    case 'code':
      return typeof code !== 'string' || other.kind === 'calendar';
    default:
      return true;
  }
}

function fieldOf({ code, value }: Clash): string {
  if (typeof code !== 'string') return 'code';
  return /^\d$/.test(value) ? `inCall.${code}` : `dialled.${code}`;
}

/** The other of the two. */
function byOther(written: Written, clash: Clash, { users, calendars }: Directory): string {
  const { code, value, with: other } = clash;
  if (written === 'extension' || written === 'number' || written === 'first')
    return typeof code === 'string'
      ? `the code ${code} (${value})`
      : `the calendar ${calendars.get(code.calendar)?.name}`;
  switch (other.kind) {
    case 'extension':
      return `the extension of ${users.get(other.user)?.name ?? 'somebody'}`;
    case 'calendar':
      return `the calendar ${calendars.get(other.calendar)?.name ?? ''}`.trim();
    case 'code':
      return `the code ${other.code}`;
    case 'own-number':
      return 'a number of ours';
    case 'its-form':
      return `a rule: ${value} cannot be a code here`;
    default:
      return `a ${other.kind.replace('-', ' ')}`;
  }
}
