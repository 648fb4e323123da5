/** Asks before something is removed. */
import { t } from '../text/text';
import { Button } from './button';
import { Dialog } from './dialog';
import { FormProblem } from './states';

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export function Confirm({ title, text, action, busy, error, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="form">
        <p className="dialog-text">{text}</p>
        <FormProblem error={error} />
        <div className="form-buttons">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="danger" busy={busy} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
