/** The number, and whose phone it rings. Behind an office PBX it is the extensions there, and one's own here. */
import { useState } from 'react';
import { trunkIdOf, userIdOf } from '../../../../call-router/values/ids';
import type { FirstStart, OwnNumber, User } from '../../../../server/api/messages';
import { useMe } from '../../api/me';
import { usePeople, useSavePerson } from '../../api/people';
import { fieldProblem } from '../../api/problem';
import { useNumbers, useSaveSetting } from '../../api/settings';
import { InputField, SelectField } from '../../parts/field';
import { Form, textOf } from '../../parts/form';
import { Loading } from '../../parts/states';
import { t } from '../../text/text';
import { wrongExtension, wrongOwnNumber } from '../settings/checks';
import type { StepProps } from './use-first-start';

export function NumberStep(props: StepProps) {
  const numbers = useNumbers();
  const people = usePeople();
  if (numbers.isPending || people.isPending) return <Loading />;
  const saved = numbers.data?.find(({ id }) => id === props.progress.numberId);
  return <NumberForm {...props} saved={saved} people={(people.data ?? []).filter(({ disabled }) => !disabled)} />;
}

interface NumberFormProps extends StepProps {
  readonly saved: OwnNumber | undefined;
  readonly people: readonly User[];
}

function NumberForm({ progress, keep, onDone, saved, people }: NumberFormProps) {
  const me = useMe().data?.id;
  const [userId, setUserId] = useState(progress.userId ?? me ?? people[0]?.id ?? '');
  const saveNumber = useSaveSetting('numbers', saved?.id);
  const savePerson = useSavePerson(userId);
  const error = savePerson.error ?? saveNumber.error ?? keep.error;
  const sent = async (fields: FormData) => {
    const extension = textOf(fields, 'extension');
    if (extension !== people.find(({ id }) => id === userId)?.extension)
      await savePerson.mutateAsync({ extension: extension ?? null });
    const made = await saveNumber.mutateAsync(numberOf(progress, { number: textOf(fields, 'number') ?? '', userId }));
    await keep.mutateAsync({ state: 'open', numberId: made.id, userId });
    onDone();
  };
  const isPbx = progress.line === 'pbx';
  return (
    <>
      <h2>{t(`first-number.${progress.line ?? 'rented'}`)}</h2>
      <Form
        // What is refused is shown by the requests themselves.
        onSubmit={(fields) => void sent(fields).catch(() => undefined)}
        submit={t('first-start.on')}
        busy={savePerson.isPending || saveNumber.isPending || keep.isPending}
        error={error}
      >
        <NumberFields isPbx={isPbx} saved={saved} people={people} userId={userId} error={error} onUser={setUserId} />
      </Form>
    </>
  );
}

interface NumberFieldsProps extends Pick<NumberFormProps, 'saved' | 'people'> {
  readonly isPbx: boolean;
  readonly userId: string;
  readonly error: unknown;
  readonly onUser: (userId: string) => void;
}

function NumberFields({ isPbx, saved, people, userId, error, onUser }: NumberFieldsProps) {
  const person = people.find(({ id }) => id === userId);
  return (
    <div className="form-grid">
      <InputField
        label={t(isPbx ? 'first-number.range' : 'numbers.number')}
        name="number"
        defaultValue={saved?.number}
        maxLength={64}
        required
        autoFocus
        placeholder={isPbx ? '2*' : '+420 210 000 001'}
        hint={t(isPbx ? 'first-number.range-why' : 'first-number.why')}
        check={wrongOwnNumber}
        wrong={fieldProblem(error, 'number')}
      />
      <SelectField
        label={t(isPbx ? 'first-number.who-pbx' : 'first-number.who')}
        value={userId}
        onChange={(event) => onUser(event.target.value)}
      >
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <InputField
        key={userId}
        label={t('people.extension')}
        name="extension"
        inputMode="numeric"
        defaultValue={person?.extension ?? freeExtension(people)}
        required={isPbx}
        hint={t('people.extension-rule')}
        check={wrongExtension}
        wrong={fieldProblem(error, 'extension')}
      />
    </div>
  );
}

/** What is dialled is passed on to the PBX; a rented or mobile number rings the person. */
function numberOf({ line, trunkId = '' }: FirstStart, { number, userId }: { number: string; userId: string }): object {
  if (line === 'pbx') return { number, kind: 'office', route: { to: 'external', trunkId: trunkIdOf(trunkId) } };
  const route = { to: 'user', userId: userIdOf(userId) };
  return {
    number,
    trunkId,
    route,
    ...(line === 'mobile' ? { kind: 'mobile', ownerUserId: userId } : { kind: 'rented' }),
  };
}

/** 101, or the next that nobody has. */
function freeExtension(people: readonly User[]): string {
  const taken = new Set(people.map(({ extension }) => extension));
  let next = 101;
  while (taken.has(String(next))) next += 1;
  return String(next);
}
