/**
 * A dialog over the page, on Radix: focus stays inside, Escape closes, screen readers get the title.
 * It is opened by whoever shows it and has no trigger of its own, so it gives the focus back itself.
 * The backdrop is our own element: Radix's would add a style element, which the content security policy forbids.
 */
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { t } from '../text/text';
import { IconButton } from './button';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly width?: 'narrow' | 'wide';
}

export function Dialog({ title, onClose, children, width = 'narrow' }: DialogProps) {
  const [before] = useState(() => document.activeElement);
  const giveBack = (event: Event) => {
    event.preventDefault();
    focusAgain(before);
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <div className="backdrop" />
        <Radix.Content className={`dialog dialog-${width}`} aria-describedby={undefined} onCloseAutoFocus={giveBack}>
          <header className="dialog-head">
            <Radix.Title className="dialog-title">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton icon="close" label={t('action.close')} />
            </Radix.Close>
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What had the focus may be gone, like an item of a menu: then the page has it. */
function focusAgain(before: Element | null): void {
  const next = before?.isConnected && before !== document.body ? before : document.getElementById('page');
  if (next instanceof HTMLElement) next.focus();
}
