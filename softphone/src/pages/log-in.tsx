/** Logging in. Says plainly why not: wrong words, too many attempts and when to try again, or not from this address. */
import { useState } from 'react';
import { type Language, languages } from '../../../call-router/state/office';
import { useLogIn } from '../api/me';
import { ApiProblem, isProblem, problemWords } from '../api/problem';
import { useWindowTitle } from '../frame/page-head';
import { InputField } from '../parts/field';
import { Form, rawTextOf, textOf } from '../parts/form';
import { languageNames } from '../text/languages';
import { switchTo } from '../text/preferences';
import { language as languageNow, t } from '../text/text';

export function LogIn() {
  const logIn = useLogIn();
  const [language, setLanguage] = useState<Language>();
  useWindowTitle(t('log-in.title'));
  const sent = (fields: FormData) =>
    logIn.mutate({
      login: textOf(fields, 'login') ?? '',
      password: rawTextOf(fields, 'password'),
      ...(language === undefined ? {} : { language }),
    });
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
        <DoorLanguage onChoose={setLanguage} />
      </div>
    </main>
  );
}

/** Chosen here it is spoken at once, and becomes the person's unless they have chosen another. */
function DoorLanguage({ onChoose }: { readonly onChoose: (language: Language) => void }) {
  const chosen = (value: string) => {
    const language = languages.find((one) => one === value);
    if (language === undefined) return;
    onChoose(language);
    void switchTo(language);
  };
  return (
    <select
      className="input select door-language"
      aria-label={t('preferences.language')}
      value={languageNow()}
      onChange={(event) => chosen(event.target.value)}
    >
      {languages.map((language) => (
        <option key={language} value={language} lang={language}>
          {languageNames[language]}
        </option>
      ))}
    </select>
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
