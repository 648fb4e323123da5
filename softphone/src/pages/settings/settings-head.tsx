/** The head of a settings page: its title, one sentence of what it is for, and the button that adds one. */
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useWindowTitle } from '../../frame/page-head';
import { Icon } from '../../parts/icon';

interface SettingsHeadProps {
  readonly title: string;
  readonly why: string;
  readonly children?: ReactNode;
}

export function SettingsHead({ title, why, children }: SettingsHeadProps) {
  useWindowTitle(title);
  return (
    <header className="settings-head">
      <div>
        <h1>{title}</h1>
        <p className="dim">{why}</p>
      </div>
      <div className="page-actions">{children}</div>
    </header>
  );
}

/** Leads to the page that adds one; looks as the button that does. */
export function AddLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <Link to={to} className="button button-main">
      <Icon name="plus" />
      <span>{children}</span>
    </Link>
  );
}
