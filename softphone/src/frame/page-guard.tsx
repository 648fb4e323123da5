/**
 * Keeps the window when one page fails: a mistake of ours in it, or a part that the server no longer has because it was
 * updated. What was typed elsewhere and the calls at the top stay.
 */
import { Component, type ReactNode } from 'react';
import { Button } from '../parts/button';
import { t } from '../text/text';

interface PageGuardProps {
  /** Another place begins anew. */
  readonly place: string;
  readonly children: ReactNode;
}
interface Seen {
  readonly failedAt: string | undefined;
}

export class PageGuard extends Component<PageGuardProps, Seen> {
  override state: Seen = { failedAt: undefined };

  override componentDidCatch(): void {
    this.setState({ failedAt: this.props.place });
  }

  static getDerivedStateFromError(): Partial<Seen> {
    return { failedAt: '' };
  }

  static getDerivedStateFromProps({ place }: PageGuardProps, { failedAt }: Seen): Seen | null {
    return failedAt === undefined || failedAt === '' || failedAt === place ? null : { failedAt: undefined };
  }

  override render(): ReactNode {
    if (this.state.failedAt === undefined) return this.props.children;
    return (
      <div className="state" role="alert">
        <p className="state-title">{t('state.broken')}</p>
        <p className="state-text">{t('state.broken-why')}</p>
        <Button onClick={() => location.reload()}>{t('state.reload')}</Button>
      </div>
    );
  }
}
