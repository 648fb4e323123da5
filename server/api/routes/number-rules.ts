/**
 * Which members belong to which destination of a route, said plainly. Whether who is named is there, and where a tie line may
 * lead, the database checks (prisma/settings).
 */
import type { Route } from '../../../call-router/state/office';
import { ProblemError } from '../problems';

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

/** Throws `invalid` for missing or foreign members. @param field where the route stands. */
export function checkRoute(route: Route, field: string): void {
  const { needs, may } = membersOf[route.to];
  const given = Object.keys(route).filter((name) => name !== 'to');
  const missing = needs.filter((name) => !given.includes(name));
  const foreign = given.filter((name) => !needs.includes(name) && !may.includes(name));
  const errors = [
    ...missing.map((name) => ({ field: `${field}.${name}`, message: `is missing: a route to ${route.to} needs it` })),
    ...foreign.map((name) => ({ field: `${field}.${name}`, message: `has no meaning in a route to ${route.to}` })),
  ];
  if (errors.length > 0) throw new ProblemError('invalid', { errors });
}
