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

interface Chosen {
  readonly id: string;
  readonly name: string;
}

export function CardPicker({ kind, name, label, chosenId }: CardPickerProps) {
  const id = useId();
  const before = useCard(kind, chosenId);
  const [picked, setPicked] = useState<Chosen | null>();
  const [typed, setTyped] = useState<string>();
  const [place, setPlace] = useState(0);
  const text = useDeferredValue(typed?.trim() ?? '');
  const found = useCards(kind === 'company' ? 'companies' : 'contacts', { search: text });
  const chosen: Chosen | null | undefined = picked === undefined ? before.data : picked;
  const options: readonly Chosen[] = typed === undefined ? [] : found.rows.slice(0, 8);
  const pick = (option: Chosen | null) => {
    setPicked(option);
    setTyped(undefined);
  };
  const pressed = (event: KeyboardEvent) => {
    const option = options[place];
    if (typed === undefined) return;
    if (event.key === 'Escape') setTyped(undefined);
    else if (event.key === 'Enter' && option) pick(option);
    else if (event.key === 'ArrowDown') setPlace(Math.min(place + 1, options.length - 1));
    else if (event.key === 'ArrowUp') setPlace(Math.max(place - 1, 0));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="field picker" onBlur={() => (typed === '' ? pick(null) : setTyped(undefined))}>
      <label htmlFor={id}>{label}</label>
      <input type="hidden" name={name} value={chosen?.id ?? (picked === null ? '' : (chosenId ?? ''))} />
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
        onChange={(event) => {
          setTyped(event.target.value);
          setPlace(0);
        }}
        onKeyDown={pressed}
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
              pick({ id: option.id, name: option.name });
            }}
          >
            {option.name}
          </div>
        ))}
      </div>
    </div>
  );
}
