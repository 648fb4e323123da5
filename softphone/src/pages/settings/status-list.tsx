/** One editable, ordered list of statuses. It is saved as a whole; one in use cannot be removed, but calls keep the name of an outcome. */
import { useState } from 'react';
import { type NewStatus, type StatusOf, useReplaceStatuses, useStatuses } from '../../api/settings';
import { notify } from '../../frame/notices';
import { Button, IconButton } from '../../parts/button';
import { Failed, FormProblem, Loading } from '../../parts/states';
import { t } from '../../text/text';

const ends = ['no', 'won', 'lost'] as const;

interface StatusListProps {
  readonly of: StatusOf;
  readonly title: string;
  readonly why?: string;
}

export function StatusList({ of, title, why }: StatusListProps) {
  const statuses = useStatuses(of);
  if (statuses.isPending) return <Loading />;
  if (!statuses.data) return <Failed error={statuses.error} retry={() => void statuses.refetch()} />;
  return (
    <section className="status-list" aria-label={title}>
      <h2 className="section-title">{title}</h2>
      {why && <p className="dim">{why}</p>}
      <Editor of={of} saved={statuses.data} />
    </section>
  );
}

function Editor({ of, saved }: { readonly of: StatusOf; readonly saved: readonly NewStatus[] }) {
  const replace = useReplaceStatuses(of);
  const [edited, setEdited] = useState<readonly NewStatus[]>();
  const rows = edited ?? saved;
  const done = () => {
    setEdited(undefined);
    notify('done', t('card.saved'));
  };
  const save = () =>
    replace.mutate(
      rows.map((row) => ({ id: row.id, name: row.name.trim(), ends: row.ends })),
      { onSuccess: done },
    );
  const isNameless = rows.some((row) => row.name.trim() === '');
  return (
    <>
      <ol>
        {rows.map((row, place) => (
          <StatusLine
            key={row.id}
            row={row}
            of={of}
            onChange={(next) => setEdited(rows.map((each) => (each === row ? next : each)))}
            onRemove={() => setEdited(rows.filter((each) => each !== row))}
            onUp={place === 0 ? undefined : () => setEdited(movedUp(rows, place))}
          />
        ))}
      </ol>
      <FormProblem error={replace.error} />
      <div className="form-buttons form-buttons-start">
        <Button icon="plus" onClick={() => setEdited([...rows, { id: crypto.randomUUID(), name: '', ends: 'no' }])}>
          {t('action.add')}
        </Button>
        {edited && (
          <>
            <Button look="main" busy={replace.isPending} disabled={isNameless} onClick={save}>
              {t('action.save')}
            </Button>
            <Button onClick={() => setEdited(undefined)}>{t('action.cancel')}</Button>
          </>
        )}
      </div>
    </>
  );
}

interface StatusLineProps {
  readonly of: StatusOf;
  readonly row: NewStatus;
  readonly onChange: (next: NewStatus) => void;
  readonly onRemove: () => void;
  readonly onUp: (() => void) | undefined;
}

function StatusLine({ of, row, onChange, onRemove, onUp }: StatusLineProps) {
  return (
    <li className={`status-line status-line-${of}`}>
      <input
        className="input"
        aria-label={t('lists.name')}
        value={row.name}
        maxLength={80}
        onChange={(event) => onChange({ ...row, name: event.target.value })}
      />
      {of !== 'call' && <EndsSelect value={row.ends} onChange={(next) => onChange({ ...row, ends: next })} />}
      <IconButton icon="up" label={t('lists.up', { name: row.name })} disabled={!onUp} onClick={onUp} />
      <IconButton icon="bin" label={t('action.remove-named', { name: row.name })} onClick={onRemove} />
    </li>
  );
}

interface EndsSelectProps {
  readonly value: NewStatus['ends'];
  readonly onChange: (value: NewStatus['ends']) => void;
}

function EndsSelect({ value, onChange }: EndsSelectProps) {
  return (
    <select
      className="input select"
      aria-label={t('lists.ends')}
      value={value}
      onChange={(event) => onChange(ends.find((end) => end === event.target.value) ?? 'no')}
    >
      {ends.map((end) => (
        <option key={end} value={end}>
          {t(`ends.${end}`)}
        </option>
      ))}
    </select>
  );
}

/** The one at `place` changes places with the one before it. */
function movedUp(rows: readonly NewStatus[], place: number): readonly NewStatus[] {
  const above = rows[place - 1];
  const here = rows[place];
  if (!above || !here) return rows;
  return rows.map((row, at) => (at === place - 1 ? here : at === place ? above : row));
}
