/** One person of the office, or nobody. */
import { useStaff } from '../../api/people';
import { SelectField } from '../../parts/field';
import { textOrGap } from '../../parts/form';
import { t } from '../../text/text';

interface PersonSelectProps {
  readonly label: string;
  readonly none: string;
  readonly value: string | undefined;
  readonly hint?: string;
  readonly wrong?: string | undefined;
  readonly onChange: (userId: string | undefined) => void;
}

export function PersonSelect({ label, none, value, hint, wrong, onChange }: PersonSelectProps) {
  const colleagues = useStaff().data ?? [];
  return (
    <SelectField
      label={label}
      value={value ?? ''}
      hint={hint}
      wrong={wrong}
      onChange={(event) => onChange(textOrGap(event.target.value))}
    >
      <option value="">{none}</option>
      {value !== undefined && !colleagues.some(({ id }) => id === value) && (
        <option value={value}>{t('many.gone')}</option>
      )}
      {colleagues.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
