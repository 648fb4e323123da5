/** One editable, ordered list of statuses. It is saved as a whole; one in use cannot be removed. */
import { useState } from 'react';
import { type NewStatus, useReplaceStatuses, useStatuses } from '../../api/settings';
import { notify } from '../../frame/notices';
import { Button, IconButton } from '../../parts/button';
import { Failed, FormProblem, Loading } from '../../parts/states';
import { t } from '../../text/text';

const ends = ['no', 'won', 'lost'] as const;

interface StatusListProps {
  readonly of: 'lead' | 'deal';
  readonly title: string;
}

export function StatusList({ of, title }: StatusListProps) {
  const statuses = useStatuses(of);
  const replace = useReplaceStatuses(of);
  const [edited, setEdited] = useState<readonly NewStatus[]>();
  if (statuses.isPending) return <Loading />;
  if (!statuses.data) return <Failed error={statuses.error} retry={() => void statuses.refetch()} />;
  const rows = edited ?? statuses.data;
  const change = (place: number, fields: Partial<NewStatus>) =>
    setEdited(rows.map((row, at) => (at === place ? { ...row, ...fields } : row)));
  const save = () =>
    replace.mutate(
      rows.map(({ id, name, ends: end }) => ({ id, name: name.trim(), ends: end })),
      {
        onSuccess: () => {
          setEdited(undefined);
          notify('done', t('card.saved'));
        },
      },
    );
  return (
    <section className="status-list" aria-label={title}>
      <h2 className="section-title">{title}</h2>
      <ol>
        {rows.map((row, place) => (
          <li key={row.id} className="status-line">
            <input
              className="input"
              aria-label={t('lists.name')}
              value={row.name}
              maxLength={80}
              onChange={(event) => change(place, { name: event.target.value })}
            />
            <select
              className="input select"
              aria-label={t('lists.ends')}
              value={row.ends}
              onChange={(event) => change(place, { ends: ends.find((end) => end === event.target.value) ?? 'no' })}
            >
              {ends.map((end) => (
                <option key={end} value={end}>
                  {t(`ends.${end}`)}
                </option>
              ))}
            </select>
            <IconButton
              icon="up"
              label={t('lists.up', { name: row.name })}
              disabled={place === 0}
              onClick={() => setEdited(moved(rows, place))}
            />
            <IconButton
              icon="bin"
              label={t('action.remove-named', { name: row.name })}
              onClick={() => setEdited(rows.filter((each) => each !== row))}
            />
          </li>
        ))}
      </ol>
      <FormProblem error={replace.error} />
      <div className="form-buttons form-buttons-start">
        <Button icon="plus" onClick={() => setEdited([...rows, { id: crypto.randomUUID(), name: '', ends: 'no' }])}>
          {t('action.add')}
        </Button>
        {edited && (
          <>
            <Button
              look="main"
              busy={replace.isPending}
              disabled={rows.some((row) => row.name.trim() === '')}
              onClick={save}
            >
              {t('action.save')}
            </Button>
            <Button onClick={() => setEdited(undefined)}>{t('action.cancel')}</Button>
          </>
        )}
      </div>
    </section>
  );
}

/** The one at `place` changes places with the one before it. */
function moved(rows: readonly NewStatus[], place: number): readonly NewStatus[] {
  const above = rows[place - 1];
  const here = rows[place];
  if (!above || !here) return rows;
  return rows.map((row, at) => (at === place - 1 ? here : at === place ? above : row));
}
