/** What the search box found, under it. */
import type { FoundCard } from '../../../server/api/messages';
import { problemWords } from '../api/problem';
import { shownPhone } from '../text/phone-number';
import { t } from '../text/text';

interface SearchPanelProps {
  readonly id: string;
  readonly hits: readonly FoundCard[];
  readonly chosen: number;
  readonly search: { readonly isFetching: boolean; readonly error: unknown };
  readonly onPick: (hit: FoundCard) => void;
}

export function SearchPanel({ id, hits, chosen, search, onPick }: SearchPanelProps) {
  const note = search.error ? problemWords(search.error) : t(search.isFetching ? 'search.searching' : 'search.nothing');
  return (
    <div className="search-panel">
      <div id={id} role="listbox" aria-label={t('search.results')}>
        {hits.map((hit, place) => (
          <Hit
            key={`${hit.kind}${hit.id}`}
            id={`${id}-${place}`}
            hit={hit}
            isChosen={place === chosen}
            onPick={() => onPick(hit)}
          />
        ))}
      </div>
      {hits.length === 0 && (
        <p className="search-note" role="status">
          {note}
        </p>
      )}
    </div>
  );
}

interface HitProps {
  readonly id: string;
  readonly hit: FoundCard;
  readonly isChosen: boolean;
  readonly onPick: () => void;
}

/** The keyboard is the combobox's: the focus stays in the input. */
function Hit({ id, hit, isChosen, onPick }: HitProps) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      className="hit"
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
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
