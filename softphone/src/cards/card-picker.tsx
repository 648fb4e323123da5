/** Chooses a company or contact by typing a piece of its name; the form gets its id. A combobox with a list box (WAI-ARIA APG). */
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { useCard, useCards } from '../api/cards';
import { t } from '../text/text';

interface CardPickerProps {
  readonly kind: 'company' | 'contact';
  readonly name: string;
  readonly label: string;
  readonly chosenId?: string | undefined;
}

interface Option {
  readonly id: string;
  readonly name: string;
}

const optionsMax = 8;

export function CardPicker({ kind, name, label, chosenId }: CardPickerProps) {
  const id = useId();
  const picker = usePicker(kind, chosenId);
  const { options, place, typed, chosen } = picker;
  return (
    <div className="field picker" onBlur={picker.leave}>
      <label htmlFor={id}>{label}</label>
      <input type="hidden" name={name} value={chosen?.id ?? (chosen === null ? '' : (chosenId ?? ''))} />
      <input
        id={id}
        className="input"
        role="combobox"
        aria-expanded={options.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={options[place] ? `${id}-${place}` : undefined}
        autoComplete="off"
        placeholder={t('picker.type')}
        value={typed ?? chosen?.name ?? ''}
        onChange={(event) => picker.type(event.target.value)}
        onKeyDown={picker.press}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        className={options.length > 0 ? 'picker-list' : undefined}
      >
        {options.map((option, at) => (
          <div
            key={option.id}
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === place}
            className="hit"
            onMouseDown={(event) => {
              event.preventDefault();
              picker.pick(option);
            }}
          >
            {option.name}
          </div>
        ))}
      </div>
    </div>
  );
}

/** `typed`: undefined while nothing is being typed. `chosen`: `null` when it was emptied. */
function usePicker(kind: CardPickerProps['kind'], chosenId: string | undefined) {
  const before = useCard(kind, chosenId);
  const [picked, setPicked] = useState<Option | null>();
  const [typed, type] = useState<string>();
  const [place, setPlace] = useState(0);
  const search = useDeferredValue(typed?.trim() ?? '');
  const found = useCards(kind === 'company' ? 'companies' : 'contacts', { search });
  const options: readonly Option[] = typed === undefined ? [] : found.rows.slice(0, optionsMax);
  const pick = (option: Option | null) => {
    setPicked(option && { id: option.id, name: option.name });
    type(undefined);
    setPlace(0);
  };
  const press = (event: KeyboardEvent) => {
    const option = options[place];
    if (typed === undefined) return;
    if (event.key === 'Escape') type(undefined);
    else if (event.key === 'Enter' && option) pick(option);
    else if (event.key === 'ArrowDown') setPlace(Math.min(place + 1, options.length - 1));
    else if (event.key === 'ArrowUp') setPlace(Math.max(place - 1, 0));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const leave = () => (typed === '' ? pick(null) : type(undefined));
  const chosen: Option | null | undefined = picked === undefined ? before.data : picked;
  return { options, place, typed, chosen, type, pick, press, leave };
}
