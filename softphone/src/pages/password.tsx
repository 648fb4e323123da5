/** Changing one's own password; the first log-in may insist on it. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useChangePassword, useLogOut } from '../api/me';
import { fieldProblem, isProblem } from '../api/problem';
import { notify } from '../frame/notices';
import { useWindowTitle } from '../frame/page-head';
import { Button } from '../parts/button';
import { InputField } from '../parts/field';
import { Form } from '../parts/form';
import { t } from '../text/text';

const lengthMin = 8;

export default function Password({ isForced = false }: { readonly isForced?: boolean }) {
  const change = useChangePassword();
  const logOut = useLogOut();
  const go = useNavigate();
  const [differs, setDiffers] = useState(false);
  useWindowTitle(t('password.change'));
  const sent = (fields: FormData) => {
    const newPassword = String(fields.get('new'));
    const isSame = newPassword === String(fields.get('again'));
    setDiffers(!isSame);
    if (!isSame) return;
    change.mutate(
      { currentPassword: String(fields.get('current')), newPassword },
      {
        onSuccess: () => {
          notify('done', t('password.changed'));
          if (!isForced) void go('/');
        },
      },
    );
  };
  const isWrong = isProblem(change.error, 'wrong-credentials') || isProblem(change.error, 'not-allowed');
  return (
    <div className={isForced ? 'door' : 'page-narrow'}>
      <div className={isForced ? 'door-box' : undefined}>
        <h1>{t('password.change')}</h1>
        {isForced && <p className="door-text">{t('password.forced')}</p>}
        <Form
          onSubmit={sent}
          submit={t('password.submit')}
          busy={change.isPending}
          error={isWrong || fieldProblem(change.error, 'newPassword') ? undefined : change.error}
        >
          <InputField
            label={t('password.current')}
            name="current"
            type="password"
            autoComplete="current-password"
            wrong={isWrong ? t('password.wrong') : undefined}
            required
            autoFocus
          />
          <InputField
            label={t('password.new')}
            name="new"
            type="password"
            autoComplete="new-password"
            minLength={lengthMin}
            hint={t('password.rule', { count: lengthMin })}
            wrong={fieldProblem(change.error, 'newPassword')}
            required
          />
          <InputField
            label={t('password.again')}
            name="again"
            type="password"
            autoComplete="new-password"
            wrong={differs ? t('password.differs') : undefined}
            required
          />
        </Form>
        {isForced && (
          <Button look="quiet" onClick={() => logOut.mutate()}>
            {t('person.log-out')}
          </Button>
        )}
      </div>
    </div>
  );
}
