/** A page on which one office object is edited or made (`new` in place of its id): loading, gone, or there. */
import type { ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { type OfficeKind, type OfficeRows, useOffice, useSaveOffice } from '../../api/office';
import { fieldProblem } from '../../api/problem';
import { notify } from '../../frame/notices';
import { useWindowTitle } from '../../frame/page-head';
import { type Draft, type Editing, useDraft } from '../../parts/draft';
import { Icon } from '../../parts/icon';
import type { PageFormState } from '../../parts/page-form';
import { Empty, Failed, Loading } from '../../parts/states';
import { t } from '../../text/text';

interface EditedProps<Kind extends OfficeKind> {
  readonly kind: Kind;
  readonly children: (saved: OfficeRows[Kind] | undefined) => ReactNode;
}

export function Edited<Kind extends OfficeKind>({ kind, children }: EditedProps<Kind>) {
  const { id } = useParams();
  const query = useOffice(kind);
  if (id === 'new') return children(undefined);
  if (query.isPending) return <Loading />;
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const saved = query.data.find((one) => one.id === id);
  return saved === undefined ? <Empty title={t('state.gone')}>{t('state.gone-why')}</Empty> : children(saved);
}

interface ObjectForm<Fields> {
  readonly editing: Editing<Fields>;
  /** What the server says about a field. */
  readonly wrong: (field: string) => string | undefined;
  readonly error: unknown;
  /** For the form around the fields. */
  readonly form: PageFormState;
}

interface FormOf<Fields> {
  readonly kind: OfficeKind;
  /** Its list is at /settings/<list>. */
  readonly list: string;
  /** Undefined: it is made. */
  readonly id: string | undefined;
  readonly saved: Draft<Fields>;
}

/** Edits one object on a page of its own; a new one gets its own address when it is saved. */
export function useObjectForm<Fields extends object>({ kind, list, id, saved }: FormOf<Fields>): ObjectForm<Fields> {
  const save = useSaveOffice(kind, id);
  const go = useNavigate();
  const editing = useDraft<Fields>(saved);
  const done = (made: { readonly id: string }) => {
    if (id === undefined) void go(`/settings/${list}/${made.id}`, { replace: true });
    else editing.discard();
    notify('done', t('card.saved'));
  };
  const onDiscard = () => {
    save.reset();
    if (id === undefined) void go(`/settings/${list}`);
    else editing.discard();
  };
  const onSave = () => save.mutate(id === undefined ? editing.toCreate() : editing.toPatch(), { onSuccess: done });
  const { isChanged, version } = editing;
  const { error, isPending: busy } = save;
  const form = { onSave, onDiscard, isNew: id === undefined, isChanged, busy, error, version };
  return { editing, error, wrong: (field) => fieldProblem(error, field), form };
}

interface EditHeadProps {
  readonly list: string;
  readonly listName: string;
  readonly title: string;
  readonly children?: ReactNode;
}

export function EditHead({ list, listName, title, children }: EditHeadProps) {
  useWindowTitle(title);
  return (
    <header className="edit-head">
      <p className="crumb">
        <Link to={`/settings/${list}`}>
          <Icon name="back" /> {listName}
        </Link>
      </p>
      <h1>{title}</h1>
      <div className="page-actions">{children}</div>
    </header>
  );
}
