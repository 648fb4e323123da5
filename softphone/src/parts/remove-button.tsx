/** A button that removes one thing, after asking. */
import { useState } from 'react';
import { notify } from '../frame/notices';
import { t } from '../text/text';
import { IconButton } from './button';
import { Confirm } from './confirm';

interface RemoveButtonProps {
  readonly name: string;
  readonly text: string;
  readonly remove: {
    readonly isPending: boolean;
    readonly error: unknown;
    readonly reset: () => void;
    readonly mutate: (id: string, options: { readonly onSuccess: () => void }) => void;
  };
  readonly id: string;
}

export function RemoveButton({ name, text, remove, id }: RemoveButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    remove.reset();
  };
  const confirmed = () =>
    remove.mutate(id, {
      onSuccess: () => {
        close();
        notify('done', t('action.removed', { name }));
      },
    });
  return (
    <>
      <IconButton icon="bin" label={t('action.remove-named', { name })} onClick={() => setAsking(true)} />
      {isAsking && (
        <Confirm
          title={t('action.remove-named', { name })}
          text={text}
          action={t('action.remove')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={confirmed}
          onClose={close}
        />
      )}
    </>
  );
}
