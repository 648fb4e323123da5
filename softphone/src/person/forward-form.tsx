/** Where my calls go when I am busy, do not answer, have no phone reachable, or in any case. */
import { useState } from 'react';
import type { PersonNow } from '../../../server/api/messages';
import { useDesk } from '../api/desk';
import { type PersonToSet, useSetPerson } from '../api/person';
import { fieldProblem } from '../api/problem';
import { notify } from '../frame/notices';
import { Form, textOf } from '../parts/form';
import { t } from '../text/text';

const cases = ['always', 'busy', 'noAnswer', 'unreachable'] as const;
type Case = (typeof cases)[number];
type To = 'nowhere' | 'voicemail' | 'number';

interface ForwardFormProps {
  readonly userId: string;
  readonly person: PersonNow;
}

export function ForwardForm({ userId, person }: ForwardFormProps) {
  const set = useSetPerson(userId);
  const save = (fields: FormData) =>
    set.mutate(personOf(person, fields), { onSuccess: () => notify('done', t('me.saved')) });
  return (
    <section aria-label={t('me.forwarding')}>
      <h2 className="section-title">{t('me.forwarding')}</h2>
      <Form submit={t('action.save')} busy={set.isPending} error={unnamed(set.error)} onSubmit={save}>
        {cases.map((name) => (
          <ForwardLine key={name} name={name} person={person} wrong={fieldProblem(set.error, `forwards.${name}`)} />
        ))}
      </Form>
    </section>
  );
}

interface ForwardLineProps {
  readonly name: Case;
  readonly person: PersonNow;
  readonly wrong: string | undefined;
}

function ForwardLine({ name, person, wrong }: ForwardLineProps) {
  const target = person.forwards[name];
  const [to, setTo] = useState<To>(target === undefined ? 'nowhere' : target === 'voicemail' ? 'voicemail' : 'number');
  const hasMailbox = useDesk().data?.hasOwnMailbox === true || to === 'voicemail';
  const label = t(`me.forward-${name}`);
  return (
    <div className="forward-line">
      <span className="forward-case">{label}</span>
      <select
        className="input select"
        name={`${name}-to`}
        aria-label={label}
        value={to}
        onChange={(event) => setTo(toOf(event.target.value))}
      >
        <option value="nowhere">{t(name === 'always' ? 'me.ring-first' : 'me.not-forwarded')}</option>
        {hasMailbox && <option value="voicemail">{t('me.to-voicemail')}</option>}
        <option value="number">{t('me.to-number')}</option>
      </select>
      {to === 'number' && (
        <input
          className="input"
          name={`${name}-number`}
          aria-label={t('me.number-for', { what: label })}
          aria-invalid={wrong ? true : undefined}
          placeholder={t('me.number-example')}
          defaultValue={target === 'voicemail' ? '' : (target ?? '')}
          required
        />
      )}
      {name === 'noAnswer' && to !== 'nowhere' && (
        <label className="forward-after">
          {t('me.after')}
          <input
            className="input"
            type="number"
            name="noAnswerS"
            aria-label={t('me.seconds')}
            min={3}
            max={300}
            defaultValue={person.noAnswerS ?? 20}
            required
          />
          {t('me.seconds')}
        </label>
      )}
      {wrong && <p className="field-wrong">{wrong}</p>}
    </div>
  );
}

const toOf = (value: string): To => (value === 'voicemail' || value === 'number' ? value : 'nowhere');

/** What the form says. */
function personOf(before: PersonNow, fields: FormData): PersonToSet {
  const targets = cases.flatMap((name) => {
    const to = textOf(fields, `${name}-to`);
    const target = to === 'voicemail' ? 'voicemail' : to === 'number' ? textOf(fields, `${name}-number`) : undefined;
    return target === undefined ? [] : [[name, target] as const];
  });
  const noAnswerS = Number(textOf(fields, 'noAnswerS') ?? before.noAnswerS);
  return {
    doNotDisturb: before.doNotDisturb,
    forwards: Object.fromEntries(targets),
    ...(Number.isFinite(noAnswerS) ? { noAnswerS } : {}),
  };
}

/** A refusal that stands at its own line is not said twice. */
const unnamed = (error: unknown): unknown =>
  cases.some((name) => fieldProblem(error, `forwards.${name}`) !== undefined) ? undefined : error;
