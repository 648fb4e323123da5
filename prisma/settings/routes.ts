/** Where a number of ours leads: what is allowed, and that whoever is named is there. Routes are kept as JSON. */
import type { Route } from '../../call-router/state/office';
import type { Tx } from '../connect';
import { unknownReference } from '../office/named';
import { referencesOfRoute } from '../office/references';
import type { StoreProblem } from '../operations';
import type { Trunk } from '../sqlite/generated/client';

export const routeOf = (json: string): Route => JSON.parse(json) as Route;

/** The trunk a number is called on; `inside`: an office number of no trunk, which only our own phones dial. */
export type CalledFrom = Trunk | 'inside' | undefined;

export interface RouteToCheck {
  readonly route: Route;
  readonly from: CalledFrom;
  /** Which of the number's routes it is. */
  readonly field: 'route' | 'fallback';
}

const destinations: readonly Route['to'][] = ['user', 'ringGroup', 'queue', 'menu', 'voicemail', 'external'];

export async function routeProblem(tx: Tx, checked: RouteToCheck): Promise<StoreProblem | undefined> {
  const { route, field } = checked;
  if (!destinations.includes(route.to)) return { kind: 'invalid', field, why: `one of ${destinations.join(', ')}` };
  if (route.to === 'ringGroup' && (!Array.isArray(route.userIds) || route.userIds.length === 0))
    return { kind: 'invalid', field, why: 'a ring group needs at least one person' };
  if ((await unknownReference(tx, referencesOfRoute(route, field))) !== undefined)
    return { kind: 'unknown-reference', field };
  return route.to === 'external' ? externalProblem(route, checked) : undefined;
}

/**
 * Without a number the dialled one is passed on: from our own phones to extensions of an office PBX, from the office PBX, or
 * from a peer declared a tie line; never back. (The router refuses a provider's caller who dials such an office number.)
 */
function externalProblem(route: Route & { to: 'external' }, { from, field }: RouteToCheck): StoreProblem | undefined {
  if (route.number !== undefined) {
    const isDiallable = /^\+?\d{2,18}$/.test(route.number.replace(/[\s().-]/g, ''));
    return isDiallable ? undefined : { kind: 'invalid', field, why: 'its number cannot be dialled' };
  }
  if (from === 'inside') return undefined;
  const mayPassOn = from?.kind === 'pbx' || (from?.kind === 'address' && from.tieLine);
  if (!mayPassOn) return { kind: 'invalid', field, why: 'only a pbx trunk or a tie line passes the dialled number on' };
  if (from?.id === route.trunkId)
    return { kind: 'invalid', field, why: 'a tie line may not lead back to its own trunk' };
  return undefined;
}
