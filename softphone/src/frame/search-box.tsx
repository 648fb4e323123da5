/**
 * Finds a client by a piece of the name or of the number while one types. `/` focuses it from anywhere; arrow keys choose,
 * Enter opens, Escape leaves. It is a combobox with a list box (WAI-ARIA APG).
 */
import { type KeyboardEvent, type RefObject, useDeferredValue, useId, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { FoundCard } from '../../../server/api/messages';
import { useSearch } from '../api/cards';
import { linkTo } from '../cards/links';
import { Icon } from '../parts/icon';
import { t } from '../text/text';
import { SearchPanel } from './search-panel';
import { useShortcuts } from './use-shortcuts';

const textLengthMin = 2;

export function SearchBox() {
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const finder = useFinder(input);
  useShortcuts({
    search: () => {
      input.current?.focus();
      input.current?.select();
    },
  });
  return (
    <search className="search" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && finder.close()}>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        className="search-input"
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={finder.isShown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={finder.isShown && finder.hits[finder.chosen] ? `${listId}-${finder.chosen}` : undefined}
        placeholder={t('search.placeholder')}
        autoComplete="off"
        spellCheck={false}
        value={finder.typed}
        onFocus={finder.open}
        onChange={(event) => finder.type(event.target.value)}
        onKeyDown={finder.press}
      />
      <kbd className="search-key" aria-hidden="true">
        /
      </kbd>
      {finder.isShown && (
        <SearchPanel
          id={listId}
          hits={finder.hits}
          chosen={finder.chosen}
          search={finder.search}
          onPick={finder.pick}
        />
      )}
    </search>
  );
}

function useFinder(input: RefObject<HTMLInputElement | null>) {
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const go = useNavigate();
  const text = useDeferredValue(typed.trim());
  const search = useSearch(text);
  const isShown = isOpen && text.length >= textLengthMin;
  const hits = isShown ? (search.data?.items ?? []) : [];
  const leave = () => {
    setOpen(false);
    input.current?.blur();
  };
  const type = (next: string) => {
    setTyped(next);
    setChosen(0);
    setOpen(true);
  };
  const pick = (hit: FoundCard | undefined) => {
    if (!hit) return;
    setTyped('');
    leave();
    void go(linkTo(hit.kind, hit.id));
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return leave();
    if (event.key === 'Enter') return pick(hits[chosen]);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || hits.length === 0) return undefined;
    event.preventDefault();
    return setChosen((chosen + step + hits.length) % hits.length);
  };
  return {
    typed,
    chosen,
    hits,
    search,
    isShown,
    type,
    pick,
    press,
    open: () => setOpen(true),
    close: () => setOpen(false),
  };
}
