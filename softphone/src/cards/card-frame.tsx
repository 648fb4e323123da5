/** The frame all cards share: what it is and the main facts at the top, details at the left, the calls at the right. */
import type { ReactNode } from 'react';
import type { CardPage } from '../api/keys';
import { useWindowTitle } from '../frame/page-head';
import { t } from '../text/text';
import { Timeline } from './timeline';

interface CardFrameProps {
  readonly kind: CardPage;
  readonly id: string;
  readonly name: string;
  readonly facts: ReactNode;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}

export function CardFrame({ kind, id, name, facts, actions, children }: CardFrameProps) {
  useWindowTitle(name);
  return (
    <article className="card">
      <header className="card-head">
        <div className="card-top">
          <span className={`kind kind-${kind}`}>{t(`kind.${kind}`)}</span>
          <h1 className="card-name">{name}</h1>
          <div className="card-actions">{actions}</div>
        </div>
        <dl className="facts">{facts}</dl>
      </header>
      <div className="card-body">
        <aside className="card-side" aria-label={t('card.details')}>
          {children}
        </aside>
        <Timeline kind={kind} id={id} />
      </div>
    </article>
  );
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
}

export function Fact({ name, children }: FactProps) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

export function CardSection({ title, action, children }: SectionProps) {
  return (
    <section className="card-section">
      <header className="card-section-head">
        <h2>{title}</h2>
        {action}
      </header>
      {children}
    </section>
  );
}
