/** The small button in a row that opens the player under it. */
import type { Recording } from '../../../server/api/messages';
import { IconButton } from '../parts/button';
import { t } from '../text/text';
import { duration } from '../text/times';

interface PlayToggleProps {
  readonly recording: Recording;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

export function PlayToggle({ recording, isOpen, onToggle }: PlayToggleProps) {
  const length = duration(recording.durationMs);
  return (
    <IconButton
      className={`play-toggle ${isOpen ? 'is-open' : ''}`}
      icon={isOpen ? 'close' : 'play'}
      aria-expanded={isOpen}
      label={isOpen ? t('player.close') : t('player.open', { length })}
      onClick={onToggle}
    />
  );
}
