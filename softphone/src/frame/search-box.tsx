/**
 * Finds a client by a piece of the name or of the number while one types. `/` focuses it from anywhere; arrow keys choose,
 * Enter opens, Escape leaves. It is a combobox with a list box (WAI-ARIA APG).
 */
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { FoundCard } from '../../../server/api/messages';
import { useSearch } from '../api/cards';
import { linkTo } from '../cards/links';
import { problemWords } from '../api/problem';
import { Icon } from '../parts/icon';
import { shownPhone } from '../text/phone-number';
import { t } from '../text/text';

export function SearchBox() {
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const go = useNavigate();
  const text = useDeferredValue(typed.trim());
  const search = useSearch(text);
  const hits = text.length >= 2 ? (search.data?.items ?? []) : [];
  useSlashKey(input);

  const open = (hit: FoundCard | undefined) => {
    if (!hit) return;
    setOpen(false);
    setTyped('');
    input.current?.blur();
    void go(linkTo(hit.kind, hit.id));
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return leave(event);
    if (event.key === 'Enter') return open(hits[chosen]);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || hits.length === 0) return;
    event.preventDefault();
    setChosen((chosen + step + hits.length) % hits.length);
  };
  const leave = (event: KeyboardEvent) => {
    event.preventDefault();
    setOpen(false);
    input.current?.blur();
  };
  const isShown = isOpen && text.length >= 2;
  return (
    <search className="search" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        className="search-input"
        role="combobox"
        aria-label={t('search.label')}
        aria-expanded={isShown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isShown && hits[chosen] ? `${listId}-${chosen}` : undefined}
        placeholder={t('search.placeholder')}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
          setOpen(true);
        }}
        onKeyDown={pressed}
      />
      <kbd className="search-key" aria-hidden="true">
        /
      </kbd>
      {isShown && (
        <div className="search-panel">
          <div id={listId} role="listbox" aria-label={t('search.results')}>
            {hits.map((hit, place) => (
              <Hit
                key={`${hit.kind}${hit.id}`}
                id={`${listId}-${place}`}
                hit={hit}
                isChosen={place === chosen}
                onOpen={() => open(hit)}
              />
            ))}
          </div>
          {hits.length === 0 && <SearchNote isPending={search.isFetching} error={search.error} />}
        </div>
      )}
    </search>
  );
}

interface HitProps {
  readonly id: string;
  readonly hit: FoundCard;
  readonly isChosen: boolean;
  readonly onOpen: () => void;
}

function Hit({ id, hit, isChosen, onOpen }: HitProps) {
  return (
    // The keyboard is the combobox's: the focus stays in the input.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      className="hit"
      onMouseDown={(event) => event.preventDefault()}
      onClick={onOpen}
    >
      <span className={`kind kind-${hit.kind}`}>{t(`kind.${hit.kind}`)}</span>
      <span className="hit-name">
        {hit.name}
        {hit.companyName && <span className="dim"> · {hit.companyName}</span>}
      </span>
      <span className="hit-phone num">{hit.phones[0] ? shownPhone(hit.phones[0]) : ''}</span>
    </div>
  );
}

function SearchNote({ isPending, error }: { readonly isPending: boolean; readonly error: unknown }) {
  const words = error ? problemWords(error) : t(isPending ? 'search.searching' : 'search.nothing');
  return (
    <p className="search-note" role="status">
      {words}
    </p>
  );
}

function useSlashKey(input: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [contenteditable]');
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [input]);
}
