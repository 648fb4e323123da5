/**
 * Where calls are led: a person, several at once, a route plan, a queue, a mailbox, or out again. Only what the office has is
 * offered. Used for a number's route and fallback and for a queue's overflow.
 */
import type { Route } from '../../../../call-router/state/office';
import { mailboxIdOf, queueIdOf, routePlanIdOf, trunkIdOf, userIdOf } from '../../../../call-router/values/ids';
import { useOffice } from '../../api/office';
import { useStaff } from '../../api/people';
import { useTrunks } from '../../api/settings';
import { InputField, SelectField } from '../../parts/field';
import { ManyField, type Option } from '../../parts/many-field';
import { t } from '../../text/text';

const destinations = ['user', 'ringGroup', 'menu', 'queue', 'voicemail', 'external'] as const;
type Destination = Route['to'];

interface RouteFieldProps {
  readonly label: string;
  readonly route: Route | undefined;
  /** What no route means; left out: there must be one. */
  readonly none?: string;
  readonly hint?: string;
  /** What the server says about this field, by the path of the member. */
  readonly wrong: string | undefined;
  readonly onChange: (route: Route | undefined) => void;
}

type Targets = Readonly<Record<Exclude<Destination, 'ringGroup'>, readonly Option[]>>;

export function RouteField({ label, route, none, hint, wrong, onChange }: RouteFieldProps) {
  const targets = useTargets();
  const offered = destinations.filter((to) => to === route?.to || firstRoute(to, targets) !== undefined);
  const choose = (value: string) => {
    const to = destinations.find((each) => each === value);
    onChange(to === undefined ? undefined : firstRoute(to, targets));
  };
  return (
    <div className="field-group">
      <SelectField
        label={label}
        value={route?.to ?? ''}
        hint={hint}
        wrong={wrong}
        required={none === undefined}
        onChange={(event) => choose(event.target.value)}
      >
        {(none !== undefined || route === undefined) && <option value="">{none ?? t('route.choose')}</option>}
        {offered.map((to) => (
          <option key={to} value={to}>
            {t(`route.${to}`)}
          </option>
        ))}
      </SelectField>
      {route && <TargetField route={route} targets={targets} onChange={onChange} />}
    </div>
  );
}

interface TargetFieldProps {
  readonly route: Route;
  readonly targets: Targets;
  readonly onChange: (route: Route) => void;
}

function TargetField({ route, targets, onChange }: TargetFieldProps) {
  switch (route.to) {
    case 'ringGroup':
      return (
        <ManyField
          label={t('route.people')}
          chosen={route.userIds}
          options={targets.user}
          onChange={(ids) => onChange({ to: 'ringGroup', userIds: ids.map(userIdOf) })}
        />
      );
    case 'external':
      return (
        <>
          <OneOf
            label={t('route.trunk')}
            options={targets.external}
            value={route.trunkId}
            onChange={(id) => onChange({ ...route, trunkId: trunkIdOf(id) })}
          />
          <InputField
            label={t('route.number')}
            type="tel"
            value={route.number ?? ''}
            maxLength={32}
            hint={t('route.number-rule')}
            onChange={({ target: { value } }) =>
              onChange({ to: 'external', trunkId: route.trunkId, ...(value === '' ? {} : { number: value }) })
            }
          />
        </>
      );
    default:
      return (
        <OneOf
          label={t(`route-target.${route.to}`)}
          options={targets[route.to]}
          value={idOf(route)}
          onChange={(id) => onChange(routeTo(route.to, id))}
        />
      );
  }
}

interface OneOfProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

function OneOf({ label, options, value, onChange }: OneOfProps) {
  return (
    <SelectField label={label} value={value} required onChange={(event) => onChange(event.target.value)}>
      {!options.some(({ id }) => id === value) && <option value={value}>{t('many.gone')}</option>}
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

type OneTarget = Exclude<Route, { readonly to: 'ringGroup' | 'external' }>;

function idOf(route: OneTarget): string {
  switch (route.to) {
    case 'user':
      return route.userId;
    case 'queue':
      return route.queueId;
    case 'menu':
      return route.planId;
    default:
      return route.mailboxId;
  }
}

function routeTo(to: OneTarget['to'], id: string): Route {
  switch (to) {
    case 'user':
      return { to, userId: userIdOf(id) };
    case 'queue':
      return { to, queueId: queueIdOf(id) };
    case 'menu':
      return { to, planId: routePlanIdOf(id) };
    default:
      return { to, mailboxId: mailboxIdOf(id) };
  }
}

/** A whole route to the first that there is; undefined: the office has none of these. */
function firstRoute(to: Destination, targets: Targets): Route | undefined {
  if (to === 'ringGroup') return targets.user.length > 1 ? { to, userIds: [] } : undefined;
  const [first] = targets[to];
  if (first === undefined) return undefined;
  return to === 'external' ? { to, trunkId: trunkIdOf(first.id) } : routeTo(to, first.id);
}

function useTargets(): Targets {
  return {
    user: useStaff().data ?? [],
    menu: useOffice('route-plans').data ?? [],
    queue: useOffice('queues').data ?? [],
    voicemail: useOffice('mailboxes').data ?? [],
    external: useTrunks().data ?? [],
  };
}

/** A route in a few words, for a list. */
export function useRouteWords(): (route: Route | undefined) => string {
  const targets = useTargets();
  return (route) => {
    if (route === undefined) return '';
    const nameIn = (to: keyof Targets, id: string) =>
      targets[to].find((each) => each.id === id)?.name ?? t('many.gone');
    if (route.to === 'ringGroup') return route.userIds.map((id) => nameIn('user', id)).join(', ');
    if (route.to !== 'external') return nameIn(route.to, idOf(route));
    const trunk = nameIn('external', route.trunkId);
    return route.number ? t('route.out', { number: route.number, trunk }) : t('route.tie', { trunk });
  };
}
