/** How e-mail is sent: the mail server and its account. Without one nothing is sent, and nothing else asks for it. */
import { useState } from 'react';
import { type Mail, useMail, useRemoveMail, useSaveMail } from '../../api/documents';
import { fieldProblem, problemWords } from '../../api/problem';
import { notify } from '../../frame/notices';
import { Button } from '../../parts/button';
import { InputField, SelectField } from '../../parts/field';
import { Form, rawTextOf, textOf, withoutGaps } from '../../parts/form';
import { Failed, Loading } from '../../parts/states';
import { t } from '../../text/text';
import { SettingsHead } from './settings-head';

const securities = ['starttls', 'tls', 'none'] as const;
const usualPorts = { starttls: 587, tls: 465, none: 25 } as const;

export default function MailPage() {
  const mail = useMail();
  const remove = useRemoveMail();
  const off = () =>
    remove.mutate(undefined, {
      onSuccess: () => notify('done', t('mail.is-off')),
      onError: (error) => notify('failed', problemWords(error)),
    });
  return (
    <>
      <SettingsHead title={t('settings.mail')} why={t('mail.why')}>
        {mail.data && (
          <Button busy={remove.isPending} onClick={off}>
            {t('mail.turn-off')}
          </Button>
        )}
      </SettingsHead>
      {mail.isPending && <Loading />}
      {mail.isError && <Failed error={mail.error} retry={() => void mail.refetch()} />}
      {mail.data !== undefined && <MailForm key={mail.data ? 'on' : 'off'} mail={mail.data ?? undefined} />}
    </>
  );
}

function MailForm({ mail }: { readonly mail: Mail | undefined }) {
  const save = useSaveMail();
  const [security, setSecurity] = useState(mail?.security ?? 'starttls');
  const wrong = (field: string) => fieldProblem(save.error, field);
  const sent = (fields: FormData) =>
    save.mutate(mailOf(fields), { onSuccess: () => notify('done', t(mail ? 'card.saved' : 'mail.is-on')) });
  return (
    <Form onSubmit={sent} submit={t(mail ? 'action.save' : 'mail.turn-on')} busy={save.isPending} error={save.error}>
      <div className="form-columns">
        <InputField
          label={t('mail.host')}
          name="host"
          defaultValue={mail?.host}
          maxLength={253}
          pattern="[A-Za-z0-9_.:\-]+"
          required
          placeholder="smtp.example.net"
          wrong={wrong('host')}
        />
        <InputField
          label={t('trunks.port')}
          name="port"
          type="number"
          min={1}
          max={65_535}
          defaultValue={mail?.port}
          placeholder={String(usualPorts[security])}
          wrong={wrong('port')}
        />
        <SelectField
          label={t('mail.security')}
          name="security"
          value={security}
          onChange={({ target: { value } }) => setSecurity(securities.find((each) => each === value) ?? 'starttls')}
        >
          {securities.map((each) => (
            <option key={each} value={each}>
              {t(`mail-security.${each}`)}
            </option>
          ))}
        </SelectField>
        <InputField
          label={t('mail.from')}
          name="from"
          type="email"
          defaultValue={mail?.from}
          maxLength={254}
          required
          placeholder="office@example.net"
          wrong={wrong('from')}
        />
        <AccountFields mail={mail} wrong={wrong} />
      </div>
    </Form>
  );
}

interface AccountFieldsProps {
  readonly mail: Mail | undefined;
  readonly wrong: (field: string) => string | undefined;
}

function AccountFields({ mail, wrong }: AccountFieldsProps) {
  return (
    <>
      <InputField
        label={t('trunks.username')}
        name="username"
        defaultValue={mail?.username}
        maxLength={200}
        autoComplete="off"
        wrong={wrong('username')}
      />
      <InputField
        label={t('trunks.password')}
        name="password"
        type="password"
        autoComplete="new-password"
        maxLength={256}
        hint={mail?.hasPassword ? t('trunks.password-stays') : undefined}
        wrong={wrong('password')}
      />
    </>
  );
}

function mailOf(fields: FormData): object {
  const security = securities.find((each) => each === textOf(fields, 'security')) ?? 'starttls';
  const password = rawTextOf(fields, 'password');
  return withoutGaps({
    host: textOf(fields, 'host'),
    port: Number(textOf(fields, 'port') ?? usualPorts[security]),
    security,
    from: textOf(fields, 'from'),
    username: textOf(fields, 'username'),
    password: password === '' ? undefined : password,
  });
}
