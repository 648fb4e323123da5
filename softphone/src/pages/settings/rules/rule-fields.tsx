/** Fields that several kinds of rules have: people, groups, numbers and hours for which a rule is. */
import { useOffice } from '../../../api/office';
import { useStaff } from '../../../api/people';
import { useNumbers } from '../../../api/settings';
import { SelectField } from '../../../parts/field';
import { textOrGap } from '../../../parts/form';
import { ManyField } from '../../../parts/many-field';
import { shownNumber } from '../../../text/phone-number';
import { t } from '../../../text/text';

interface ManyProps {
  readonly chosen: readonly string[];
  readonly wrong: string | undefined;
  readonly onChange: (ids: readonly string[]) => void;
}

export function PeopleField(props: ManyProps) {
  return (
    <ManyField label={t('settings.people')} options={useStaff().data ?? []} none={t('rules.everybody')} {...props} />
  );
}

/** Nothing where the office has no groups. */
export function GroupsField(props: ManyProps) {
  const groups = useOffice('groups').data ?? [];
  if (groups.length === 0 && props.chosen.length === 0) return null;
  return <ManyField label={t('settings.groups')} options={groups} none={t('rules.any-group')} {...props} />;
}

export function NumbersField(props: ManyProps) {
  return (
    <ManyField label={t('settings.numbers')} options={useNumberOptions()} none={t('rules.any-number')} {...props} />
  );
}

export function useNumberOptions() {
  const numbers = useNumbers().data ?? [];
  return numbers.map(({ id, number, name }) => ({
    id,
    name: `${number === '*' ? t('numbers.any') : shownNumber(number)} ${name ?? ''}`.trim(),
  }));
}

interface HoursFieldProps {
  readonly label?: string;
  readonly none?: string;
  readonly value: string | undefined;
  readonly wrong: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}

/** Nothing where the office has no hours. */
export function HoursField({ label, none, value, wrong, onChange }: HoursFieldProps) {
  const calendars = useOffice('calendars').data ?? [];
  if (calendars.length === 0 && value === undefined) return null;
  return (
    <SelectField
      label={label ?? t('rules.hours')}
      value={value ?? ''}
      wrong={wrong}
      onChange={(event) => onChange(textOrGap(event.target.value))}
    >
      <option value="">{none ?? t('rules.always')}</option>
      {calendars.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

/** The names of what a rule is for, in one line; `all` where it is for everything. */
export function useFitWords(): (parts: FitParts, all: string) => string {
  const people = useStaff().data ?? [];
  const groups = useOffice('groups').data ?? [];
  const calendars = useOffice('calendars').data ?? [];
  const numbers = useNumberOptions();
  const namesIn = (options: readonly { readonly id: string; readonly name: string }[], ids: readonly string[] = []) =>
    ids.map((id) => options.find((option) => option.id === id)?.name ?? t('many.gone')).join(', ');
  return ({ words = [], userIds, groupIds, numberIds, calendarId }, all) => {
    const parts = [
      ...words,
      namesIn(numbers, numberIds),
      namesIn(people, userIds),
      namesIn(groups, groupIds),
      namesIn(calendars, calendarId === undefined ? [] : [calendarId]),
    ].filter((part) => part !== '');
    return parts.length === 0 ? all : parts.join(' · ');
  };
}

interface FitParts {
  readonly words?: readonly string[];
  readonly userIds?: readonly string[];
  readonly groupIds?: readonly string[];
  readonly numberIds?: readonly string[];
  readonly calendarId?: string | undefined;
}
