/**
 * Note and outcome of a call, written while it lives or afterwards by whoever was on it: who called or answered, whoever else
 * talked in it, and of a call that nobody answered those it rang; managers and administrators of any. The router's own record
 * of the call has neither, so that a later save takes nothing away.
 */
import type { LegRecord } from '../../call-router/values/cdr';
import { fail } from '../../call-router/values/result';
import type { Store } from '../connect';
import { isOutcome } from '../crm/statuses';
import { mayHear } from '../crm/visibility';
import type { Answer, ReadingOperations } from '../operations';
import type { CallRow } from '../records';
import type { Call } from '../sqlite/generated/client';
import { seenAs, type Viewer } from '../who';
import { getCall } from './list-calls';

type Request = ReadingOperations['note-call']['request'];

export async function noteCall(store: Store, request: Request): Promise<Answer<CallRow>> {
  const { viewer, id, note, outcome } = request;
  const seen = await getCall(store, { viewer, id });
  if (!seen.ok) return seen;
  const problem = await store.write(async (tx) => {
    const call = await tx.call.findUnique({ where: { id } });
    if (call === null) return { kind: 'not-found' } as const;
    if (!mayWriteOn(viewer, call)) return { kind: 'not-allowed' } as const;
    if (outcome !== undefined && outcome !== '' && !(await isOutcome(tx, outcome)))
      return { kind: 'invalid', field: 'outcome', why: 'is none of the list' } as const;
    await tx.call.update({ where: { id }, data: { ...written('note', note), ...written('outcome', outcome) } });
    return undefined;
  });
  return problem === undefined ? getCall(store, { viewer, id }) : fail(problem);
}

function mayWriteOn(viewer: Viewer, call: Call): boolean {
  if (mayHear(viewer, call)) return true;
  if (call.answeredAt === null) return true; // they see it because it rang them
  const legs = JSON.parse(call.legs) as readonly LegRecord[];
  return legs.some(
    ({ userId, answeredAt }) => answeredAt !== undefined && seenAs(viewer).some((one) => one === userId),
  );
}

const written = (name: 'note' | 'outcome', text: string | undefined): { readonly [key: string]: string | null } =>
  text === undefined ? {} : { [name]: text.trim() === '' ? null : text.trim() };
