/** A setting that is one document: loaded, edited as a whole, saved as a whole; a refusal leaves what was typed. */
import type { ReactNode } from 'react';
import { type Documents, useDocument, useSaveDocument } from '../api/documents';
import { fieldProblem } from '../api/problem';
import { notify } from '../frame/notices';
import { t } from '../text/text';
import { type Editing, useDraft } from './draft';
import { PageForm } from './page-form';
import { Failed, Loading } from './states';

type Parts<Key extends keyof Documents> = Editing<Documents[Key]> & {
  readonly wrong: (field: string) => string | undefined;
};

interface DocumentFormProps<Key extends keyof Documents> {
  readonly of: Key;
  readonly children: (parts: Parts<Key>) => ReactNode;
}

export function DocumentForm<Key extends keyof Documents>({ of, children }: DocumentFormProps<Key>) {
  const document = useDocument(of);
  if (document.isPending) return <Loading />;
  if (document.data === undefined) return <Failed error={document.error} retry={() => void document.refetch()} />;
  return (
    <Editor of={of} saved={document.data}>
      {children}
    </Editor>
  );
}

function Editor<Key extends keyof Documents>({
  of,
  saved,
  children,
}: DocumentFormProps<Key> & { readonly saved: Documents[Key] }) {
  const save = useSaveDocument(of);
  const editing = useDraft<Documents[Key]>(saved);
  const done = () => {
    editing.discard();
    notify('done', t('card.saved'));
  };
  return (
    <PageForm
      onSave={() => save.mutate(editing.toCreate(), { onSuccess: done })}
      onDiscard={() => {
        save.reset();
        editing.discard();
      }}
      isNew={false}
      isChanged={editing.isChanged}
      busy={save.isPending}
      error={save.error}
      version={editing.version}
    >
      {children({ ...editing, wrong: (field) => fieldProblem(save.error, field) })}
    </PageForm>
  );
}
