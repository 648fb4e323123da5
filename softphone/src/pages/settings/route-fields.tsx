/** Where the calls of a number go: a person, several at once, or out again. */
import { useState } from 'react';
import type { OwnNumber } from '../../../../server/api/messages';
import { useColleagues } from '../../api/people';
import { useTrunks } from '../../api/settings';
import { InputField, SelectField } from '../../parts/field';
import { textOf, textsOf, withoutGaps } from '../../parts/form';
import { t } from '../../text/text';

type Route = OwnNumber['route'];
const destinations = ['user', 'ringGroup', 'external'] as const;

interface RouteFieldsProps {
  readonly route: Route | undefined;
  readonly wrong: string | undefined;
}

export function RouteFields({ route, wrong }: RouteFieldsProps) {
  const [to, setTo] = useState<Route['to']>(route?.to ?? 'user');
  return (
    <>
      <SelectField
        label={t('numbers.route')}
        name="routeTo"
        value={to}
        wrong={wrong}
        onChange={(event) => setTo(destinations.find((each) => each === event.target.value) ?? 'user')}
      >
        {destinations.map((each) => (
          <option key={each} value={each}>
            {t(`route.${each}`)}
          </option>
        ))}
      </SelectField>
      {to === 'user' && <PersonField chosen={route?.to === 'user' ? route.userId : undefined} />}
      {to === 'ringGroup' && <GroupField chosen={route?.to === 'ringGroup' ? route.userIds : []} />}
      {to === 'external' && <OutsideFields route={route?.to === 'external' ? route : undefined} />}
    </>
  );
}

function PersonField({ chosen }: { readonly chosen: string | undefined }) {
  const colleagues = useColleagues().data ?? [];
  return (
    <SelectField key={colleagues.length} label={t('call.person')} name="routeUser" defaultValue={chosen} required>
      {colleagues.map((person) => (
        <option key={person.id} value={person.id}>
          {person.name}
        </option>
      ))}
    </SelectField>
  );
}

function GroupField({ chosen }: { readonly chosen: readonly string[] }) {
  const colleagues = useColleagues().data ?? [];
  return (
    <fieldset className="field checks">
      <legend>{t('route.people')}</legend>
      {colleagues.map((person) => (
        <label key={person.id} className="check">
          <input type="checkbox" name="routeUsers" value={person.id} defaultChecked={chosen.includes(person.id)} />
          {person.name}
        </label>
      ))}
    </fieldset>
  );
}

function OutsideFields({ route }: { readonly route: Extract<Route, { to: 'external' }> | undefined }) {
  const trunks = useTrunks().data ?? [];
  return (
    <>
      <SelectField
        key={trunks.length}
        label={t('route.trunk')}
        name="routeTrunk"
        defaultValue={route?.trunkId}
        required
      >
        {trunks.map((trunk) => (
          <option key={trunk.id} value={trunk.id}>
            {trunk.name}
          </option>
        ))}
      </SelectField>
      <InputField
        label={t('route.number')}
        name="routeNumber"
        type="tel"
        defaultValue={route?.number}
        maxLength={32}
        hint={t('route.number-rule')}
      />
    </>
  );
}

export function routeOf(fields: FormData): Readonly<Record<string, unknown>> {
  const to = textOf(fields, 'routeTo');
  if (to === 'user') return { to, userId: textOf(fields, 'routeUser') };
  if (to === 'ringGroup') return { to, userIds: textsOf(fields, 'routeUsers') };
  return withoutGaps({ to, trunkId: textOf(fields, 'routeTrunk'), number: textOf(fields, 'routeNumber') });
}
