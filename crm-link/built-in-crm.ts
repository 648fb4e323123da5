/** Our own CRM as a CRM like any other. The database is behind a function that main passes in: two edges never meet. */
import type { Crm, Found, LookUp } from './crm';

/** @param matchClient the store's `match-client`. */
export function builtInCrm(matchClient: (request: LookUp) => Promise<Found>): Crm {
  return { lookUp: (request) => matchClient(request) };
}
