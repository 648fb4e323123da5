/** A form that is a whole page: its sections, and a bar at the foot that stays in sight while something is not saved. */
import { type FormEvent, Fragment, type ReactNode } from 'react';
import { t } from '../text/text';
import { Button } from './button';
import { useAskBeforeClosing } from './draft';
import { FormProblem } from './states';

export interface PageFormState {
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  readonly isNew: boolean;
  readonly isChanged: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  /** Changes when what was typed is discarded. */
  readonly version: number;
}

export function PageForm({ children, ...form }: PageFormState & { readonly children: ReactNode }) {
  const { onSave, onDiscard, isNew, isChanged, busy, error, version } = form;
  useAskBeforeClosing(isChanged);
  const sent = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!busy) onSave();
  };
  const shown = isNew || isChanged || Boolean(error);
  return (
    <form className="page-form" onSubmit={sent}>
      <Fragment key={version}>{children}</Fragment>
      {shown && (
        <div className="save-bar">
          {error ? <FormProblem error={error} /> : <p className="dim">{t(isNew ? 'form.new' : 'form.unsaved')}</p>}
          <span className="save-buttons">
            <Button onClick={onDiscard}>{t(isNew ? 'action.cancel' : 'form.discard')}</Button>
            <Button type="submit" look="main" busy={busy}>
              {t('action.save')}
            </Button>
          </span>
        </div>
      )}
    </form>
  );
}

interface FormSectionProps {
  readonly title: string;
  readonly why?: string;
  readonly children: ReactNode;
}

export function FormSection({ title, why, children }: FormSectionProps) {
  return (
    <section className="form-section" aria-label={title}>
      <header className="form-section-head">
        <h2>{title}</h2>
        {why && <p className="field-hint">{why}</p>}
      </header>
      {children}
    </section>
  );
}
