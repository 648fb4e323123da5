/** The link by which a person sets their own password: shown this once, to be copied, and whether it went by e-mail. */
import type { Invitation, User } from '../../../../server/api/messages';
import { Button } from '../../parts/button';
import { CopyLine } from '../../parts/copy-line';
import { Dialog } from '../../parts/dialog';
import { t } from '../../text/text';
import { fullTime } from '../../text/times';

interface InvitedProps {
  readonly person: User;
  readonly invitation: Invitation;
  readonly onClose: () => void;
}

export function Invited({ person, invitation, onClose }: InvitedProps) {
  const { mailed, link, expiresAt } = invitation;
  return (
    <Dialog title={t('invite.title', { name: person.name })} onClose={onClose}>
      <div className="form">
        <p className={mailed === 'failed' ? 'form-problem' : 'dialog-text'}>
          {t(`invite-mailed.${mailed}`, { email: person.email ?? '' })}
        </p>
        <dl className="setup-lines">
          <CopyLine name={t('invite.link')} value={link} />
        </dl>
        <p className="field-hint">{t('invite.until', { when: fullTime(expiresAt) })}</p>
        <div className="form-buttons">
          <Button look="main" onClick={onClose}>
            {t('invite.done')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
