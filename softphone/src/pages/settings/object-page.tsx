/** A settings page of small things: their list, a dialog that makes or changes one, and a button that removes one. */
import { type ReactNode, useState } from 'react';
import { type OfficeKind, type OfficeRows, useOffice, useRemoveOffice, useSaveOffice } from '../../api/office';
import { fieldProblem } from '../../api/problem';
import { notify } from '../../frame/notices';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { type Draft, type Editing, useDraft } from '../../parts/draft';
import { Form } from '../../parts/form';
import { RemoveButton } from '../../parts/remove-button';
import { Table } from '../../parts/table';
import { t } from '../../text/text';
import { SettingsHead } from './settings-head';

export interface PageWords {
  readonly title: string;
  readonly why: string;
  readonly add: string;
  readonly none: string;
  readonly noneWhy: string;
  readonly removeWhy: string;
}

interface ObjectPageProps<Kind extends OfficeKind> {
  readonly kind: Kind;
  readonly words: PageWords;
  /** Of the columns between the name and the button that removes. */
  readonly heads: readonly string[];
  readonly cells: (row: OfficeRows[Kind]) => ReactNode;
  /** Buttons that move a row: the rows are tried one after the other, and their places are shown. */
  readonly move?: (row: OfficeRows[Kind], rows: readonly OfficeRows[Kind][]) => ReactNode;
  /** The dialog; undefined: a new one. */
  readonly dialog: (row: OfficeRows[Kind] | undefined, onClose: () => void) => ReactNode;
}

export function ObjectPage<Kind extends OfficeKind>(props: ObjectPageProps<Kind>) {
  const { kind, words, heads, cells, move, dialog } = props;
  const rows = useOffice(kind);
  const remove = useRemoveOffice(kind);
  const [edited, setEdited] = useState<OfficeRows[Kind] | 'new'>();
  const removeButton = (row: OfficeRows[Kind]) => (
    <RemoveButton name={row.name} text={words.removeWhy} remove={remove} id={row.id} />
  );
  return (
    <>
      <SettingsHead title={words.title} why={words.why}>
        <Button look="main" icon="plus" onClick={() => setEdited('new')}>
          {words.add}
        </Button>
      </SettingsHead>
      <Table
        label={words.title}
        query={rows}
        heads={[...(move ? [t('rules.place')] : []), t('card.name'), ...heads, '']}
        empty={words.none}
        emptyWhy={words.noneWhy}
        row={(row) => (
          <tr key={row.id}>
            {move && <td className="num dim">{(rows.data?.indexOf(row) ?? 0) + 1}</td>}
            <td>
              <button type="button" className="link" onClick={() => setEdited(row)}>
                {row.name}
              </button>
            </td>
            {cells(row)}
            <td className="table-action">
              {move === undefined ? (
                removeButton(row)
              ) : (
                <span className="row-buttons">
                  {move(row, rows.data ?? [])}
                  {removeButton(row)}
                </span>
              )}
            </td>
          </tr>
        )}
      />
      {edited && dialog(edited === 'new' ? undefined : edited, () => setEdited(undefined))}
    </>
  );
}

export type DialogParts<Fields> = Editing<Fields> & { readonly wrong: (field: string) => string | undefined };

interface ObjectDialogProps<Fields> {
  readonly kind: OfficeKind;
  /** Undefined: it is made. */
  readonly id: string | undefined;
  readonly saved: Draft<Fields>;
  readonly title: string;
  readonly width?: 'narrow' | 'wide';
  readonly onClose: () => void;
  readonly children: (parts: DialogParts<Fields>) => ReactNode;
}

export function ObjectDialog<Fields extends object>(props: ObjectDialogProps<Fields>) {
  const { kind, id, saved, title, width, onClose, children } = props;
  const save = useSaveOffice(kind, id);
  const editing = useDraft<Fields>(saved);
  const done = () => {
    onClose();
    notify('done', t('card.saved'));
  };
  return (
    <Dialog title={title} onClose={onClose} {...(width ? { width } : {})}>
      <Form
        onSubmit={() => save.mutate(id === undefined ? editing.toCreate() : editing.toPatch(), { onSuccess: done })}
        submit={t('action.save')}
        busy={save.isPending}
        error={save.error}
        onCancel={onClose}
      >
        {children({ ...editing, wrong: (field) => fieldProblem(save.error, field) })}
      </Form>
    </Dialog>
  );
}
