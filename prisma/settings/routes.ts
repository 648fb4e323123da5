/** Where a number of ours leads: what is allowed, and who is named in it. Routes are kept as JSON. */
import type { Route } from '../../call-router/state/office';
import type { Tx } from '../connect';
import type { StoreProblem } from '../operations';
import type { Trunk } from '../sqlite/generated/client';

export const routeOf = (json: string): Route => JSON.parse(json) as Route;

/** The number whose route names somebody or something, if there is one. */
export async function namedInRoute(tx: Tx, names: (route: Route) => boolean): Promise<string | undefined> {
  const numbers = await tx.ownNumber.findMany({ select: { number: true, route: true } });
  return numbers.find((row) => names(routeOf(row.route)))?.number;
}

/** The trunk a number is called on; `inside`: an office number of no trunk, which only our own phones dial. */
export type CalledFrom = Trunk | 'inside' | undefined;

export async function routeProblem(tx: Tx, route: Route, from: CalledFrom): Promise<StoreProblem | undefined> {
  switch (route.to) {
    case 'user':
      return usersProblem(tx, [route.userId]);
    case 'ringGroup':
      if (!Array.isArray(route.userIds) || route.userIds.length === 0)
        return { kind: 'invalid', field: 'route', why: 'a ring group needs at least one person' };
      return usersProblem(tx, route.userIds);
    case 'external':
      return externalProblem(tx, route, from);
    default:
      return { kind: 'invalid', field: 'route', why: 'one of user, ringGroup, external' };
  }
}

async function usersProblem(tx: Tx, ids: readonly string[]): Promise<StoreProblem | undefined> {
  const wanted = [...new Set(ids)];
  const there = await tx.user.count({ where: { id: { in: wanted } } });
  return there === wanted.length ? undefined : { kind: 'unknown-reference', field: 'route' };
}

/**
 * Without a number the dialled one is passed on: from our own phones to extensions of an office PBX, from the office PBX, or
 * from a peer declared a tie line; never back. (The router refuses a provider's caller who dials such an office number.)
 */
async function externalProblem(
  tx: Tx,
  route: Route & { to: 'external' },
  from: CalledFrom,
): Promise<StoreProblem | undefined> {
  if ((await tx.trunk.count({ where: { id: route.trunkId } })) === 0)
    return { kind: 'unknown-reference', field: 'route' };
  if (route.number !== undefined) {
    const isDiallable = /^\+?\d{2,18}$/.test(route.number.replace(/[\s().-]/g, ''));
    return isDiallable ? undefined : { kind: 'invalid', field: 'route', why: 'its number cannot be dialled' };
  }
  if (from === 'inside') return undefined;
  const mayPassOn = from?.kind === 'pbx' || (from?.kind === 'address' && from.tieLine);
  if (!mayPassOn)
    return { kind: 'invalid', field: 'route', why: 'only a pbx trunk or a tie line passes the dialled number on' };
  if (from?.id === route.trunkId)
    return { kind: 'invalid', field: 'route', why: 'a tie line may not lead back to its own trunk' };
  return undefined;
}
