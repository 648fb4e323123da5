/** What a place shows when there is nothing to show: still loading, empty, or failed. */
import type { ReactNode } from 'react';
import { isStatus, problemWords } from '../api/problem';
import { t } from '../text/text';
import { Button } from './button';

export function Loading() {
  return (
    <div className="state" role="status">
      <span className="spinner" aria-hidden="true" />
      <span className="visually-hidden">{t('state.loading')}</span>
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  /** What to do, or why it is so. */
  readonly children: ReactNode;
}

export function Empty({ title, children }: EmptyProps) {
  return (
    <div className="state">
      <p className="state-title">{title}</p>
      <div className="state-text">{children}</div>
    </div>
  );
}

/** A filter that leaves nothing. */
export function NothingMatches() {
  return <Empty title={t('filter.nothing')}>{t('filter.nothing-why')}</Empty>;
}

interface FailedProps {
  readonly error: unknown;
  readonly retry?: () => void;
}

export function Failed({ error, retry }: FailedProps) {
  const gone = isStatus(error, 404);
  return (
    <div className="state" role="alert">
      <p className="state-title">{gone ? t('state.gone') : t('state.failed')}</p>
      <p className="state-text">{gone ? t('state.gone-why') : problemWords(error)}</p>
      {retry && !gone && <Button onClick={retry}>{t('action.retry')}</Button>}
    </div>
  );
}

/** A refusal at the foot of a form. */
export function FormProblem({ error }: { readonly error: unknown }) {
  if (!error) return null;
  return (
    <p className="form-problem" role="alert">
      {problemWords(error)}
    </p>
  );
}
