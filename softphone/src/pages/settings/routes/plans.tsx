/** Routes: the ways of steps that calls to a number may take. */
import { Link } from 'react-router';
import { useOffice, useRemoveOffice } from '../../../api/office';
import { useNumbers } from '../../../api/settings';
import { RemoveButton } from '../../../parts/remove-button';
import { Table } from '../../../parts/table';
import { shownNumber } from '../../../text/phone-number';
import { t } from '../../../text/text';
import { AddLink, SettingsHead } from '../settings-head';
import { stepsOf } from './plan-draft';
import { kindWords } from './step-words';

export default function Plans() {
  const plans = useOffice('route-plans');
  const remove = useRemoveOffice('route-plans');
  const numbers = useNumbers().data ?? [];
  const numbersOf = (planId: string) =>
    numbers
      .filter(({ route, fallback }) => [route, fallback].some((way) => way?.to === 'menu' && way.planId === planId))
      .map(({ number, name }) => name ?? shownNumber(number))
      .join(', ');
  return (
    <>
      <SettingsHead title={t('settings.routes')} why={t('plan.why')}>
        <AddLink to="/settings/routes/new">{t('plan.new')}</AddLink>
      </SettingsHead>
      <Table
        label={t('settings.routes')}
        query={plans}
        heads={[t('card.name'), t('plan.steps'), t('plan.numbers'), '']}
        empty={t('plan.none')}
        emptyWhy={t('plan.none-why')}
        row={(plan) => (
          <tr key={plan.id}>
            <td>
              <Link to={`/settings/routes/${plan.id}`}>{plan.name}</Link>
            </td>
            <td className="table-wide">
              {stepsOf(plan)
                .map(({ step }) => kindWords(step.kind))
                .join(' · ')}
            </td>
            <td>{numbersOf(plan.id)}</td>
            <td className="table-action">
              <RemoveButton name={plan.name} text={t('plan.remove-why')} remove={remove} id={plan.id} />
            </td>
          </tr>
        )}
      />
    </>
  );
}
