/** The head of a page: its title (also the window's), filters, and what one can do here. */
import { type ReactNode, useEffect } from 'react';

interface PageHeadProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

export function PageHead({ title, children, actions }: PageHeadProps) {
  useWindowTitle(title);
  return (
    <header className="page-head">
      <h1 className="page-title">{title}</h1>
      <div className="page-filters">{children}</div>
      <div className="page-actions">{actions}</div>
    </header>
  );
}

export function useWindowTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Trunkline` : 'Trunkline';
  }, [title]);
}
