/** A change laid over a row: what it leaves out stays, and its `null` takes away what the row had. */
export function laidOver(row: object, patch: object): object {
  const changes = Object.entries(patch).filter(([, value]) => value !== undefined);
  const whole = Object.entries({ ...row, ...Object.fromEntries(changes) });
  return Object.fromEntries(whole.filter(([, value]) => value !== null));
}
