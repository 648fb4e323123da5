/**
 * Which members belong to which destination of a route, said plainly; and the destinations that later versions bring.
 * Whether the people and trunks named are there, and where a tie line may lead, the database checks (prisma/settings).
 */
import type { Route } from '../../../call-router/state/office';
import { ProblemError } from '../problems';
import { laterDestinations } from '../schemas/office-schemas';

interface LaterRoute {
  readonly to: (typeof laterDestinations)[number];
}

/** The members its destination needs and no other. */
const membersOf: Readonly<Record<Route['to'], { readonly needs: readonly string[]; readonly may: readonly string[] }>> =
  {
    user: { needs: ['userId'], may: [] },
    ringGroup: { needs: ['userIds'], may: [] },
    external: { needs: ['trunkId'], may: ['number'] },
    queue: { needs: ['queueId'], may: [] },
    menu: { needs: ['planId'], may: [] },
    voicemail: { needs: ['mailboxId'], may: [] },
  };

/** Throws `not-available` for what a later version brings, `invalid` for missing or foreign members. */
export function checkedRoute(route: Route | LaterRoute): Route {
  if (isLater(route)) {
    throw new ProblemError('not-available', { detail: `Routes to a ${route.to} are not available in this version.` });
  }
  const { needs, may } = membersOf[route.to];
  const given = Object.keys(route).filter((name) => name !== 'to');
  const missing = needs.filter((name) => !given.includes(name));
  const foreign = given.filter((name) => !needs.includes(name) && !may.includes(name));
  const errors = [
    ...missing.map((name) => ({ field: `route.${name}`, message: `is missing: a route to ${route.to} needs it` })),
    ...foreign.map((name) => ({ field: `route.${name}`, message: `has no meaning in a route to ${route.to}` })),
  ];
  if (errors.length > 0) throw new ProblemError('invalid', { errors });
  return route;
}

function isLater(route: Route | LaterRoute): route is LaterRoute {
  return laterDestinations.some((later) => later === route.to);
}
