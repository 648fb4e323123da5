/** A day with its label, over a list. */
interface DayFieldProps {
  readonly label: string;
  readonly value: string;
  readonly min?: string;
  readonly max?: string;
  readonly onChange: (day: string) => void;
}

export function DayField({ label, onChange, ...field }: DayFieldProps) {
  return (
    <label className="day-field">
      <span>{label}</span>
      <input
        type="date"
        className="input"
        aria-label={label}
        {...field}
        required
        onChange={(event) => event.target.value !== '' && onChange(event.target.value)}
      />
    </label>
  );
}
