/** Changing one's own password; the first log-in may insist on it. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useChangePassword, useLogOut } from '../api/me';
import { fieldProblem } from '../api/problem';
import { notify } from '../frame/notices';
import { useWindowTitle } from '../frame/page-head';
import { Button } from '../parts/button';
import { InputField } from '../parts/field';
import { Form, rawTextOf } from '../parts/form';
import { t } from '../text/text';

const lengthMin = 8;

export default function Password({ isForced = false }: { readonly isForced?: boolean }) {
  const logOut = useLogOut();
  useWindowTitle(t('password.change'));
  return (
    <div className={isForced ? 'door' : 'page-narrow'}>
      <div className={isForced ? 'door-box' : undefined}>
        <h1>{t('password.change')}</h1>
        {isForced && <p className="door-text">{t('password.forced')}</p>}
        <PasswordForm next={isForced ? undefined : '/'} />
        {isForced && (
          <Button look="quiet" onClick={() => logOut.mutate()}>
            {t('person.log-out')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** `next`: where to go when it is done; undefined: the page changes by itself. */
function PasswordForm({ next }: { readonly next: string | undefined }) {
  const change = useChangePassword();
  const go = useNavigate();
  const [differs, setDiffers] = useState(false);
  const done = () => {
    notify('done', t('password.changed'));
    if (next) void go(next);
  };
  const sent = (fields: FormData) => {
    const newPassword = rawTextOf(fields, 'new');
    const isSame = newPassword === rawTextOf(fields, 'again');
    setDiffers(!isSame);
    if (isSame) change.mutate({ currentPassword: rawTextOf(fields, 'current'), newPassword }, { onSuccess: done });
  };
  const isWrong = fieldProblem(change.error, 'currentPassword') !== undefined;
  const newWrong = fieldProblem(change.error, 'newPassword');
  const error = isWrong || newWrong ? undefined : change.error;
  return (
    <Form onSubmit={sent} submit={t('password.submit')} busy={change.isPending} error={error}>
      <PasswordField name="current" label={t('password.current')} wrong={isWrong ? t('password.wrong') : undefined} />
      <PasswordField
        name="new"
        label={t('password.new')}
        wrong={newWrong}
        hint={t('password.rule', { count: lengthMin })}
      />
      <PasswordField name="again" label={t('password.again')} wrong={differs ? t('password.differs') : undefined} />
    </Form>
  );
}

interface PasswordFieldProps {
  readonly name: 'current' | 'new' | 'again';
  readonly label: string;
  readonly wrong: string | undefined;
  readonly hint?: string;
}

function PasswordField({ name, label, wrong, hint }: PasswordFieldProps) {
  const isCurrent = name === 'current';
  return (
    <InputField
      label={label}
      name={name}
      type="password"
      autoComplete={isCurrent ? 'current-password' : 'new-password'}
      autoFocus={isCurrent}
      minLength={isCurrent ? undefined : lengthMin}
      hint={hint}
      wrong={wrong}
      required
    />
  );
}
