/** Several of a list, in the order in which they were added: those chosen with a button to take each out, and a list to add from. */
import { useId } from 'react';
import { t } from '../text/text';
import { Icon } from './icon';

export interface Option {
  readonly id: string;
  readonly name: string;
}

interface ManyFieldProps {
  readonly label: string;
  readonly chosen: readonly string[];
  readonly options: readonly Option[];
  /** What stands for "none chosen", if that has a meaning of its own. */
  readonly none?: string;
  readonly hint?: string;
  readonly wrong?: string | undefined;
  readonly onChange: (chosen: readonly string[]) => void;
}

export function ManyField({ label, chosen, options, none, hint, wrong, onChange }: ManyFieldProps) {
  const id = useId();
  const left = options.filter((option) => !chosen.includes(option.id));
  const note = wrong ?? hint;
  return (
    <fieldset className="field many" aria-describedby={note ? id : undefined}>
      <legend>{label}</legend>
      <div className="many-row">
        {chosen.length === 0 && none && <span className="many-none">{none}</span>}
        {chosen.map((one) => (
          <Picked
            key={one}
            name={options.find((option) => option.id === one)?.name ?? t('many.gone')}
            onRemove={() => onChange(chosen.filter((each) => each !== one))}
          />
        ))}
        {left.length > 0 && (
          <select
            className="input select many-add"
            aria-label={t('many.add', { what: label })}
            value=""
            onChange={(event) => event.target.value !== '' && onChange([...chosen, event.target.value])}
          >
            <option value="">{t('many.choose')}</option>
            {left.map((option) => (
              <option key={option.id} value={option.id}>
                {option.name}
              </option>
            ))}
          </select>
        )}
      </div>
      {note && (
        <p id={id} className={wrong ? 'field-wrong' : 'field-hint'}>
          {note}
        </p>
      )}
    </fieldset>
  );
}

function Picked({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }) {
  return (
    <span className="picked">
      {name}
      <button type="button" className="picked-remove" aria-label={t('many.remove', { name })} onClick={onRemove}>
        <Icon name="close" />
      </button>
    </span>
  );
}
