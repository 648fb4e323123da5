/** How much one person may call out, in working hours and outside them, side by side. */
import type { CallLimits } from '../../../../call-router/state/office';
import { t } from '../../text/text';

const rows = [
  ['callsPerHour', 100_000],
  ['callsPerDay', 1_000_000],
  ['minutesPerHour', 100_000],
  ['minutesPerDay', 1_000_000],
  ['atOnce', 10_000],
] as const satisfies readonly (readonly [keyof CallLimits, number])[];
const sides = ['limits', 'offHours'] as const;

interface LimitTableProps {
  readonly limits: CallLimits;
  readonly offHours: CallLimits;
  readonly onChange: (changed: { readonly limits?: CallLimits; readonly offHours?: CallLimits }) => void;
}

export function LimitTable({ limits, offHours, onChange }: LimitTableProps) {
  const of = { limits, offHours };
  return (
    <table className="table limit-table" aria-label={t('fraud.limits')}>
      <thead>
        <tr>
          <th scope="col">{t('fraud.each-person')}</th>
          {sides.map((side) => (
            <th key={side} scope="col">
              {t(`fraud-side.${side}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, max]) => (
          <tr key={name}>
            <th scope="row">{t(`limit.${name}`)}</th>
            {sides.map((side) => (
              <td key={side}>
                <LimitInput
                  label={`${t(`limit.${name}`)}, ${t(`fraud-side.${side}`)}`}
                  value={of[side][name]}
                  max={max}
                  onChange={(value) => onChange({ [side]: { ...of[side], [name]: value } })}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface LimitInputProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

function LimitInput({ label, value, max, onChange }: LimitInputProps) {
  return (
    <input
      type="number"
      className="input num"
      aria-label={label}
      min={0}
      max={max}
      step={1}
      required
      value={Number.isNaN(value) ? '' : value}
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  );
}
