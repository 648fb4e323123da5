/**
 * The two ways in which our own code says "this cannot be".
 * Not for bad input: text from a wire or a person is a Result with a named problem (values/result.ts).
 */

/** A promise of our own code was broken. Only server/switchboard.ts catches it: it ends that one call. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Throws InvariantError unless the claim holds. The message is a constant: no number or name in it. */
export function invariant(claim: boolean, message: string): asserts claim {
  if (!claim) throw new InvariantError(message);
}

/** Closes a switch over a union: a member that is added later does not compile until it is handled. */
export function assertNever(value: never): never {
  throw new InvariantError(`unexpected member of a union: ${JSON.stringify(value)}`);
}
