/** Behind the link of an invitation: whoever holds it chooses their password and is in. The token never leaves the fragment. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAcceptInvitation, useGuest } from '../api/me';
import { fieldProblem, isStatus } from '../api/problem';
import { useWindowTitle } from '../frame/page-head';
import { InputField } from '../parts/field';
import { Form, rawTextOf } from '../parts/form';
import { Empty, Failed, Loading } from '../parts/states';
import { t } from '../text/text';

const lengthMin = 8;

export default function Welcome() {
  const token = location.hash.slice(1);
  const guest = useGuest(token);
  useWindowTitle(t('welcome.title'));
  if (guest.isPending) return <Loading />;
  if (isStatus(guest.error, 404) || isStatus(guest.error, 422)) {
    return (
      <main className="door">
        <Empty title={t('welcome.ended')}>{t('welcome.ended-why')}</Empty>
      </main>
    );
  }
  if (!guest.data) return <Failed error={guest.error} retry={() => void guest.refetch()} />;
  return <FirstPassword token={token} {...guest.data} />;
}

interface FirstPasswordProps {
  readonly token: string;
  readonly name: string;
  readonly login: string;
}

function FirstPassword({ token, name, login }: FirstPasswordProps) {
  const accept = useAcceptInvitation();
  const go = useNavigate();
  const [differs, setDiffers] = useState(false);
  const sent = (fields: FormData) => {
    const password = rawTextOf(fields, 'password');
    const isSame = password === rawTextOf(fields, 'again');
    setDiffers(!isSame);
    if (isSame) accept.mutate({ token, password }, { onSuccess: () => void go('/', { replace: true }) });
  };
  const wrong = fieldProblem(accept.error, 'password');
  return (
    <main className="door">
      <div className="door-box">
        <img src="/icon.svg" alt="" width="40" height="40" />
        <h1>{t('welcome.hello', { name })}</h1>
        <p className="door-text">{t('welcome.why', { login })}</p>
        <Form
          onSubmit={sent}
          submit={t('welcome.submit')}
          busy={accept.isPending}
          error={wrong === undefined ? accept.error : undefined}
        >
          <input type="hidden" name="username" autoComplete="username" value={login} readOnly />
          <InputField
            label={t('log-in.password')}
            name="password"
            type="password"
            autoComplete="new-password"
            minLength={lengthMin}
            hint={t('password.rule', { count: lengthMin })}
            wrong={wrong}
            autoFocus
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
      </div>
    </main>
  );
}
