/** Which calls are recorded, and where the outside party hears it first. The first rule that fits decides. */
import type { RecordingRule } from '../../../../../call-router/state/office';
import { groupIdOf, numberIdOf, userIdOf } from '../../../../../call-router/values/ids';
import { SelectField } from '../../../parts/field';
import { t } from '../../../text/text';
import { NameField } from '../name-field';
import { type DialogParts, ObjectDialog } from '../object-page';
import { GroupsField, NumbersField, PeopleField, useFitWords } from './rule-fields';
import { RulePage } from './rule-page';

type Fields = Omit<RecordingRule, 'id' | 'position'>;
const newRule: Fields = { name: '', numberIds: [], groupIds: [], userIds: [], record: 'always' };
const records = ['always', 'announced', 'never'] as const;
const directions = ['inbound', 'outbound', 'internal'] as const;

export default function RecordingRules() {
  const fitWords = useFitWords();
  return (
    <RulePage
      kind="recording-rules"
      words={{
        title: t('settings.recording'),
        why: t('recording-rule.why'),
        add: t('rules.new'),
        none: t('recording-rule.none'),
        noneWhy: t('recording-rule.none-why'),
        removeWhy: t('recording-rule.remove-why'),
      }}
      heads={[t('rules.fits'), t('recording-rule.record')]}
      fits={(rule) =>
        fitWords({ ...rule, words: rule.direction ? [t(`direction.${rule.direction}`)] : [] }, t('rules.all-calls'))
      }
      does={({ record }) => t(`record.${record}`)}
      dialog={(rule, onClose) => (
        <ObjectDialog<Fields>
          kind="recording-rules"
          id={rule?.id}
          saved={rule ?? newRule}
          title={rule?.name ?? t('rules.new')}
          onClose={onClose}
        >
          {(parts) => <RecordingFields {...parts} />}
        </ObjectDialog>
      )}
    />
  );
}

function RecordingFields({ draft, change, wrong }: DialogParts<Fields>) {
  return (
    <>
      <NameField name={draft.name} example={t('recording-rule.example')} wrong={wrong} onChange={change} />
      <SelectField
        label={t('recording-rule.record')}
        value={draft.record}
        hint={t(`record-why.${draft.record}`)}
        onChange={({ target: { value } }) => change({ record: records.find((each) => each === value) ?? 'always' })}
      >
        {records.map((record) => (
          <option key={record} value={record}>
            {t(`record.${record}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('call.direction')}
        value={draft.direction ?? ''}
        onChange={({ target: { value } }) => change({ direction: directions.find((each) => each === value) })}
      >
        <option value="">{t('rules.any-direction')}</option>
        {directions.map((direction) => (
          <option key={direction} value={direction}>
            {t(`direction.${direction}`)}
          </option>
        ))}
      </SelectField>
      <NumbersField
        chosen={draft.numberIds}
        wrong={wrong('numberIds')}
        onChange={(ids) => change({ numberIds: ids.map(numberIdOf) })}
      />
      <PeopleField
        chosen={draft.userIds}
        wrong={wrong('userIds')}
        onChange={(ids) => change({ userIds: ids.map(userIdOf) })}
      />
      <GroupsField
        chosen={draft.groupIds}
        wrong={wrong('groupIds')}
        onChange={(ids) => change({ groupIds: ids.map(groupIdOf) })}
      />
    </>
  );
}
