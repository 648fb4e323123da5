/** How a colleague stands, beside the name: a dot, and the word. */
import type { PresenceState } from '../../../call-router/features/presence';
import { t } from '../text/text';

/** Undefined: not known, or no colleague. */
export function PresenceMark({ presence }: { readonly presence: PresenceState | undefined }) {
  if (presence === undefined) return null;
  const words = t(`presence.${presence}`);
  return (
    <span className={`presence presence-${presence}`} title={words}>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
