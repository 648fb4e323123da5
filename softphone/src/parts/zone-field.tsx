/** A time zone by its IANA name; the browser's own list helps while one types. */
import { useId } from 'react';
import { InputField } from './field';
import { t } from '../text/text';
import { isZone } from '../text/zone';

interface ZoneFieldProps {
  readonly value: string;
  readonly wrong?: string | undefined;
  /** What no zone means; left out: there must be one. */
  readonly none?: string;
  readonly hint?: string;
  readonly onChange: (zone: string) => void;
}

export function ZoneField({ value, wrong, none, hint, onChange }: ZoneFieldProps) {
  const id = useId();
  return (
    <>
      <InputField
        label={t('hours.zone')}
        list={id}
        value={value}
        maxLength={64}
        required={none === undefined}
        placeholder={none ?? 'Europe/Prague'}
        hint={hint ?? t('hours.zone-rule')}
        wrong={wrong ?? (value === '' || isZone(value) ? undefined : t('hours.no-zone'))}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={id}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
