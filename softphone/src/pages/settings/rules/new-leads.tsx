/** Who becomes responsible for a new lead: the first rule that fits by source, number, hours and language. */
import type { LeadRule } from '../../../../../call-router/state/office';
import { calendarIdOf, groupIdOf, numberIdOf, userIdOf } from '../../../../../call-router/values/ids';
import { useOffice } from '../../../api/office';
import { useStaff, useNameOf } from '../../../api/people';
import { SelectField, TextField } from '../../../parts/field';
import { NumberField } from '../../../parts/number-field';
import { t } from '../../../text/text';
import { LanguageSelect, languageName } from '../language-select';
import { NameField } from '../name-field';
import { type DialogParts, ObjectDialog } from '../object-page';
import { HoursField, NumbersField, useFitWords } from './rule-fields';
import { RulePage } from './rule-page';

type Fields = Omit<LeadRule, 'id' | 'position'>;
const newRule: Fields = { name: '', sources: [], numberIds: [], passOnMinutes: 0 };

export default function LeadRules() {
  const fitWords = useFitWords();
  const nameOf = useNameOf();
  const groups = useOffice('groups').data ?? [];
  const ownerOf = ({ ownerUserId, ownerGroupId, passOnMinutes }: LeadRule) => {
    const owner = nameOf(ownerUserId) ?? groups.find(({ id }) => id === ownerGroupId)?.name ?? t('many.gone');
    return passOnMinutes > 0 ? t('lead-rule.owner-for', { owner, count: passOnMinutes }) : owner;
  };
  return (
    <RulePage
      kind="lead-rules"
      words={{
        title: t('settings.new-leads'),
        why: t('lead-rule.why'),
        add: t('rules.new'),
        none: t('lead-rule.none'),
        noneWhy: t('lead-rule.none-why'),
        removeWhy: t('lead-rule.remove-why'),
      }}
      heads={[t('rules.fits'), t('lead-rule.owner')]}
      fits={(rule) =>
        fitWords(
          { ...rule, words: [...rule.sources, ...(rule.language ? [languageName(rule.language)] : [])] },
          t('lead-rule.all'),
        )
      }
      does={ownerOf}
      dialog={(rule, onClose) => (
        <ObjectDialog<Fields>
          kind="lead-rules"
          id={rule?.id}
          saved={rule ?? newRule}
          title={rule?.name ?? t('rules.new')}
          width="wide"
          onClose={onClose}
        >
          {(parts) => <LeadFields {...parts} />}
        </ObjectDialog>
      )}
    />
  );
}

function LeadFields({ draft, change, wrong }: DialogParts<Fields>) {
  return (
    <div className="form-columns">
      <NameField name={draft.name} example={t('lead-rule.example')} wrong={wrong} onChange={change} />
      <OwnerField
        userId={draft.ownerUserId}
        groupId={draft.ownerGroupId}
        wrong={wrong('ownerUserId') ?? wrong('ownerGroupId')}
        onChange={(owner) => change({ ownerUserId: undefined, ownerGroupId: undefined, ...owner })}
      />
      <TextField
        label={t('lead-rule.sources')}
        rows={3}
        defaultValue={draft.sources.join('\n')}
        placeholder={t('lead-rule.any-source')}
        hint={t('lead-rule.sources-rule')}
        wrong={wrong('sources')}
        onChange={(event) => change({ sources: linesIn(event.target.value) })}
      />
      <NumberField
        label={t('lead-rule.pass-on')}
        value={draft.passOnMinutes}
        min={0}
        max={100_000}
        hint={t('lead-rule.pass-on-rule')}
        onChange={(passOnMinutes) => change({ passOnMinutes })}
      />
      <NumbersField
        chosen={draft.numberIds}
        wrong={wrong('numberIds')}
        onChange={(ids) => change({ numberIds: ids.map(numberIdOf) })}
      />
      <HoursField
        value={draft.calendarId}
        wrong={wrong('calendarId')}
        onChange={(id) => change({ calendarId: id === undefined ? undefined : calendarIdOf(id) })}
      />
      <LanguageSelect
        label={t('lead-rule.language')}
        none={t('lead-rule.any-language')}
        value={draft.language}
        onChange={(language) => change({ language })}
      />
    </div>
  );
}

const linesIn = (typed: string): readonly string[] =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

interface OwnerFieldProps {
  readonly userId: string | undefined;
  readonly groupId: string | undefined;
  readonly wrong: string | undefined;
  readonly onChange: (owner: Pick<Fields, 'ownerUserId'> | Pick<Fields, 'ownerGroupId'>) => void;
}

function OwnerField({ userId, groupId, wrong, onChange }: OwnerFieldProps) {
  const people = useStaff().data ?? [];
  const groups = useOffice('groups').data ?? [];
  const choose = (value: string) => {
    const id = value.slice(2);
    onChange(value.startsWith('g') ? { ownerGroupId: groupIdOf(id) } : { ownerUserId: userIdOf(id) });
  };
  return (
    <SelectField
      label={t('lead-rule.owner')}
      required
      hint={t('lead-rule.owner-rule')}
      wrong={wrong}
      value={userId ? `u:${userId}` : groupId ? `g:${groupId}` : ''}
      onChange={(event) => choose(event.target.value)}
    >
      {!userId && !groupId && <option value="">{t('route.choose')}</option>}
      {groups.map(({ id, name }) => (
        <option key={id} value={`g:${id}`}>
          {t('ring.group', { name })}
        </option>
      ))}
      {people.map(({ id, name }) => (
        <option key={id} value={`u:${id}`}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
