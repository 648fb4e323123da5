/** Somebody leaves: one dialog says what ends and asks who goes on with what was theirs; then it says what went where. */
import { useState } from 'react';
import type { Dismissal, User } from '../../../../server/api/messages';
import { useDismiss, useStaff } from '../../api/people';
import { fieldProblem } from '../../api/problem';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { SelectField } from '../../parts/field';
import { FormProblem } from '../../parts/states';
import { t } from '../../text/text';

interface DismissProps {
  readonly person: User;
  readonly onClose: () => void;
}

export function Dismiss({ person, onClose }: DismissProps) {
  const dismiss = useDismiss(person.id);
  const staff = useStaff().data?.filter(({ id }) => id !== person.id) ?? [];
  const [successor, setSuccessor] = useState('');
  const name = staff.find(({ id }) => id === successor)?.name ?? '';
  if (dismiss.data) return <Passed done={dismiss.data} to={name} onClose={onClose} />;
  return (
    <Dialog title={t('dismiss.title', { name: person.name })} onClose={onClose}>
      <div className="form">
        <ul className="plain-points">
          <li>{t('dismiss.ends')}</li>
          <li>{t('dismiss.passes')}</li>
          <li>{t('dismiss.stays', { name: person.name })}</li>
        </ul>
        <SelectField
          label={t('dismiss.successor')}
          value={successor}
          wrong={fieldProblem(dismiss.error, 'successorUserId')}
          onChange={(event) => setSuccessor(event.target.value)}
        >
          <option value="">{t('dismiss.choose')}</option>
          {staff.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
        <FormProblem error={dismiss.error} />
        <div className="form-buttons">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            look="danger"
            busy={dismiss.isPending}
            disabled={successor === ''}
            onClick={() => dismiss.mutate(successor)}
          >
            {t('dismiss.do')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

interface PassedProps {
  readonly done: Dismissal;
  readonly to: string;
  readonly onClose: () => void;
}

function Passed({ done: { user, ended, passed }, to, onClose }: PassedProps) {
  const clients = passed.contacts + passed.companies;
  const lines = [
    ended.devices > 0 && t('dismissed.devices', { count: ended.devices }),
    clients > 0 && t('dismissed.clients', { count: clients }),
    passed.leads > 0 && t('dismissed.leads', { count: passed.leads }),
    passed.deals > 0 && t('dismissed.deals', { count: passed.deals }),
    passed.numbers > 0 && t('dismissed.numbers', { count: passed.numbers }),
    passed.objects > 0 && t('dismissed.objects', { count: passed.objects }),
  ].filter((line) => line !== false);
  return (
    <Dialog title={t('dismissed.title', { name: user.name })} onClose={onClose}>
      <div className="form">
        <p className="dialog-text">{lines.length === 0 ? t('dismissed.nothing') : t('dismissed.to', { name: to })}</p>
        <ul className="plain-points">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p className="field-hint">{t('dismissed.undo')}</p>
        <div className="form-buttons">
          <Button look="main" onClick={onClose}>
            {t('action.close')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
