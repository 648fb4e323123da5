/** How a call turned out, of the office's list; what stands on the call is there too after it was removed from the list. */
import { useOutcomes } from '../api/call-notes';
import { t } from '../text/text';

interface OutcomeSelectProps {
  readonly value: string;
  /** What stands on the call; undefined: not read yet. */
  readonly written: { readonly outcome: string | undefined; readonly outcomeName: string | undefined } | undefined;
  readonly onChange: (id: string) => void;
}

export function OutcomeSelect({ value, written, onChange }: OutcomeSelectProps) {
  const listed = useOutcomes().data ?? [];
  const { outcome, outcomeName } = written ?? {};
  const isRemoved = outcome !== undefined && !listed.some(({ id }) => id === outcome);
  const shown = isRemoved ? [...listed, { id: outcome, name: outcomeName ?? outcome }] : listed;
  if (shown.length === 0) return null;
  return (
    <select
      className="input select"
      aria-label={t('call.outcome')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('phone.no-outcome')}</option>
      {shown.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
