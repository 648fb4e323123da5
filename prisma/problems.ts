/** What the database refuses, by the names of operations.ts. Unique keys are checked by the database alone: it cannot race. */
import { fail } from '../call-router/values/result';
import { property } from './error-text';
import type { Answer, StoreProblem } from './operations';

/** Refuses what stood only after it was written: thrown inside a transaction, which is rolled back. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: StoreProblem;
  constructor(problem: StoreProblem) {
    super(`refused: ${problem.kind}`);
    this.problem = problem;
  }
}

/** Carries out the work; a refused unique key, reference or missing row is an answer, anything else is thrown on. */
export async function answered<Value>(work: () => Promise<Answer<Value>>): Promise<Answer<Value>> {
  try {
    return await work();
  } catch (error) {
    const problem = error instanceof Refused ? error.problem : problemOf(error);
    if (problem === undefined) throw error;
    return fail(problem);
  }
}

/** Shadows of a field that hold its folded or scoped form. */
const shown: Readonly<Record<string, string>> = { loginKey: 'login', numberKey: 'number', nameKey: 'name' };

/** Prisma's error reference: P2002 unique, P2003 foreign key, P2025 row not found. */
function problemOf(error: unknown): StoreProblem | undefined {
  const code = property(error, 'code');
  if (code === 'P2025') return { kind: 'not-found' };
  if (code !== 'P2002' && code !== 'P2003') return undefined;
  const field = refusedField(error);
  return code === 'P2002' ? { kind: 'taken', field } : { kind: 'unknown-reference', field };
}

function refusedField(error: unknown): string {
  const meta = property(error, 'meta');
  const constraint = property(property(property(meta, 'driverAdapterError'), 'cause'), 'constraint');
  const fields = property(constraint, 'fields') ?? property(meta, 'target');
  const first = Array.isArray(fields) ? String(fields[0]).replaceAll('"', '') : undefined;
  const index = property(constraint, 'index');
  const name = first ?? (typeof index === 'string' ? (index.split('_')[1] ?? index) : 'id');
  return shown[name] ?? name;
}
