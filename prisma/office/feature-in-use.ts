/**
 * A feature is not switched off while calls are still led to it: an administrator leads them elsewhere first, and no caller is
 * lost. What only people use (codes, pages, buttons) goes at once.
 */
import type { Feature, FeatureSwitches } from '../../call-router/state/feature-switch';
import type { Tx } from '../connect';
import type { StoreProblem } from '../operations';
import type { OfficeKind } from '../records';
import { routeOf } from '../settings/routes';
import { referencesOf, referencesOfRoute } from './references';
import { fieldsOf } from './stored';

/** What calls are led to, and by what else than itself. */
const led: readonly { readonly feature: Feature; readonly kind: OfficeKind }[] = [
  { feature: 'queues', kind: 'queue' },
  { feature: 'voicemail', kind: 'mailbox' },
];

/** The first that leads calls to what is switched off. */
export async function featureInUse(tx: Tx, on: FeatureSwitches): Promise<StoreProblem | undefined> {
  for (const { feature, kind } of led) {
    const by = on[feature] ? undefined : await leadsTo(tx, kind);
    if (by !== undefined) return { kind: 'in-use', by };
  }
  return undefined;
}

async function leadsTo(tx: Tx, kind: OfficeKind): Promise<string | undefined> {
  const numbers = await tx.ownNumber.findMany({ orderBy: { createdAt: 'asc' } });
  const number = numbers.find(({ route, fallback }) =>
    [route, fallback].some(
      (text) => text !== null && referencesOfRoute(routeOf(text), '').some(({ to }) => to === kind),
    ),
  );
  if (number !== undefined) return `number ${number.number}`;
  const objects = await tx.officeObject.findMany({ where: { NOT: { kind } }, orderBy: { createdAt: 'asc' } });
  const object = objects.find((row) =>
    referencesOf(row.kind as OfficeKind, fieldsOf(row)).some(({ to }) => to === kind),
  );
  return object === undefined ? undefined : `${object.kind.replace('-', ' ')} ${object.name}`;
}
