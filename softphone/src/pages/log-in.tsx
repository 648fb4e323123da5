/** Logging in. Says plainly why not: wrong words, too many attempts and when to try again, or not from this address. */
import { useLogIn } from '../api/me';
import { ApiProblem, isProblem, problemWords } from '../api/problem';
import { useWindowTitle } from '../frame/page-head';
import { InputField } from '../parts/field';
import { Form, rawTextOf, textOf } from '../parts/form';
import { t } from '../text/text';

export function LogIn() {
  const logIn = useLogIn();
  useWindowTitle(t('log-in.title'));
  const sent = (fields: FormData) =>
    logIn.mutate({ login: textOf(fields, 'login') ?? '', password: rawTextOf(fields, 'password') });
  return (
    <main className="door">
      <div className="door-box">
        <img src="/icon.svg" alt="" width="40" height="40" />
        <h1>{t('log-in.title')}</h1>
        {logIn.error && (
          <p className="form-problem" role="alert">
            {refusalWords(logIn.error)}
          </p>
        )}
        <Form onSubmit={sent} submit={t('log-in.submit')} busy={logIn.isPending}>
          <InputField label={t('log-in.login')} name="login" autoComplete="username" autoFocus required />
          <InputField
            label={t('log-in.password')}
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
        </Form>
      </div>
    </main>
  );
}

function refusalWords(error: unknown): string {
  if (isProblem(error, 'wrong-credentials')) return t('log-in.wrong');
  if (isProblem(error, 'log-in-not-allowed-here')) return t('log-in.not-here');
  if (error instanceof ApiProblem && error.status === 429) {
    const seconds = error.details.retryAfterS ?? error.retryAfterS ?? 60;
    return t('log-in.too-many', { count: Math.ceil(seconds / 60) });
  }
  return problemWords(error);
}
