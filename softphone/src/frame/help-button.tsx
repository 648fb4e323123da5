/** `?`, in the bar at the top and on the keyboard: opens the help of the page that is shown. */
import { lazy, Suspense, useState } from 'react';
import { useLocation } from 'react-router';
import { topicOf } from '../help/topics';
import { IconButton } from '../parts/button';
import { t } from '../text/text';
import { useShortcuts } from './use-shortcuts';

const HelpDialog = lazy(() => import('../help/help-dialog'));

export function HelpButton() {
  const [isOpen, setOpen] = useState(false);
  const topic = topicOf(useLocation().pathname);
  useShortcuts({ help: () => setOpen(true) });
  return (
    <>
      <IconButton icon="question" label={t('help.open')} onClick={() => setOpen(true)} />
      {isOpen && (
        <Suspense fallback={null}>
          <HelpDialog topic={topic} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
