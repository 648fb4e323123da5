/** A time zone by its IANA name; the browser's own list helps while one types. */
import { useId } from 'react';
import { InputField } from '../../parts/field';
import { t } from '../../text/text';

interface ZoneFieldProps {
  readonly value: string;
  readonly wrong: string | undefined;
  readonly onChange: (zone: string) => void;
}

export function ZoneField({ value, wrong, onChange }: ZoneFieldProps) {
  const id = useId();
  return (
    <>
      <InputField
        label={t('hours.zone')}
        list={id}
        value={value}
        maxLength={64}
        required
        placeholder="Europe/Prague"
        hint={t('hours.zone-rule')}
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

export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}
