/** The fields of a person in a form, and how they become a request. */
import { useState } from 'react';
import type { User } from '../../../../server/api/messages';
import { useFeatures } from '../../api/me';
import { fieldProblem } from '../../api/problem';
import { useNumbers } from '../../api/settings';
import { InputField, SelectField } from '../../parts/field';
import { rawTextOf, textOf, textOrNull, textsOf } from '../../parts/form';
import { shownNumber } from '../../text/phone-number';
import { t } from '../../text/text';
import { wrongExtension, wrongLogin, wrongPin } from './checks';

const roles = ['operator', 'manager', 'administrator'] as const;

interface PersonFieldsProps {
  readonly person?: User;
  readonly error: unknown;
}

export function PersonFields(props: PersonFieldsProps) {
  return (
    <div className="form-grid">
      <AccountFields {...props} />
      <OfficeFields {...props} />
      <RightFields {...props} />
    </div>
  );
}

function AccountFields({ person, error }: PersonFieldsProps) {
  return (
    <>
      <InputField
        label={t('card.name')}
        name="name"
        defaultValue={person?.name}
        maxLength={200}
        required
        wrong={fieldProblem(error, 'name')}
      />
      <InputField
        label={t('people.login')}
        name="login"
        defaultValue={person?.login}
        maxLength={100}
        autoComplete="off"
        required
        check={wrongLogin}
        hint={t('people.login-rule')}
        wrong={fieldProblem(error, 'login')}
      />
      {person ? (
        <PasswordField label={t('people.new-password')} hint={t('people.password-stays')} error={error} />
      ) : (
        <FirstAccess error={error} />
      )}
    </>
  );
}

interface PasswordFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly isNeeded?: boolean;
  readonly error: unknown;
}

function PasswordField({ label, hint, isNeeded = false, error }: PasswordFieldProps) {
  return (
    <InputField
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      minLength={8}
      required={isNeeded}
      hint={hint}
      wrong={fieldProblem(error, 'password')}
    />
  );
}

const accesses = ['invitation', 'password'] as const;

/** How a new person comes in the first time: by a link, or with a password that somebody tells them. */
function FirstAccess({ error }: { readonly error: unknown }) {
  const [access, setAccess] = useState<(typeof accesses)[number]>('invitation');
  return (
    <>
      <fieldset className="field checks">
        <legend>{t('people.access')}</legend>
        {accesses.map((one) => (
          <label key={one} className="check">
            <input type="radio" name="access" value={one} checked={access === one} onChange={() => setAccess(one)} />
            {t(`people-access.${one}`)}
          </label>
        ))}
      </fieldset>
      {access === 'password' && (
        <PasswordField label={t('people.password')} hint={t('people.password-first')} isNeeded error={error} />
      )}
    </>
  );
}

function OfficeFields({ person, error }: PersonFieldsProps) {
  const numbers =
    useNumbers().data?.filter((number) => number.number.startsWith('+') && !number.number.endsWith('*')) ?? [];
  return (
    <>
      <SelectField
        label={t('people.role')}
        name="role"
        defaultValue={person?.role ?? 'operator'}
        hint={t('people.role-rule')}
      >
        {roles.map((role) => (
          <option key={role} value={role}>
            {t(`role.${role}`)}
          </option>
        ))}
      </SelectField>
      <InputField
        label={t('people.extension')}
        name="extension"
        inputMode="numeric"
        check={wrongExtension}
        defaultValue={person?.extension}
        hint={t('people.extension-rule')}
        wrong={fieldProblem(error, 'extension')}
      />
      <SelectField
        key={numbers.length}
        label={t('people.caller-number')}
        name="callerNumberId"
        defaultValue={person?.callerNumberId ?? ''}
        wrong={fieldProblem(error, 'callerNumberId')}
      >
        <option value="">{t('people.caller-number-any')}</option>
        {numbers.map((number) => (
          <option key={number.id} value={number.id}>
            {shownNumber(number.number)} {number.name ?? ''}
          </option>
        ))}
      </SelectField>
    </>
  );
}

const rights = ['intercept-any', 'supervise', 'no-recording', 'call-abroad'] as const;
const featureOf = { 'intercept-any': 'pickup', supervise: 'supervision', 'no-recording': 'recording' } as const;

/** How the person is reached and proves themselves, and what they may do beyond the others. */
function RightFields({ person, error }: PersonFieldsProps) {
  const offered = useFeatures();
  const shown = rights.filter((right) => right === 'call-abroad' || offered.includes(featureOf[right]));
  return (
    <>
      <InputField
        label={t('card.email')}
        name="email"
        type="email"
        maxLength={254}
        defaultValue={person?.email}
        hint={t('people.email-rule')}
        wrong={fieldProblem(error, 'email')}
      />
      <InputField
        label={t('people.pin')}
        name="pin"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        check={wrongPin}
        maxLength={8}
        placeholder={person?.hasPin ? '••••' : undefined}
        hint={t(person?.hasPin ? 'people.pin-stays' : 'people.pin-rule')}
        wrong={fieldProblem(error, 'pin')}
      />
      <fieldset className="field checks form-whole">
        <legend>{t('people.rights')}</legend>
        {shown.map((right) => (
          <label key={right} className="check">
            <input type="checkbox" name="rights" value={right} defaultChecked={person?.rights.includes(right)} />
            {t(`right.${right}`)}
          </label>
        ))}
      </fieldset>
    </>
  );
}

/** A new person has no `null`; a change removes with it. */
export function personOf(fields: FormData, isNew: 'new' | 'change'): Readonly<Record<string, unknown>> {
  const password = rawTextOf(fields, 'password');
  const pin = textOf(fields, 'pin');
  const optional = {
    extension: textOrNull(fields, 'extension'),
    callerNumberId: textOrNull(fields, 'callerNumberId'),
    email: textOrNull(fields, 'email'),
  };
  return {
    name: textOf(fields, 'name'),
    login: textOf(fields, 'login'),
    role: textOf(fields, 'role'),
    rights: textsOf(fields, 'rights'),
    ...(pin === undefined ? {} : { pin }),
    ...(password !== '' ? { password, mustChangePassword: true } : {}),
    ...(isNew === 'new'
      ? Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null))
      : optional),
  };
}
