/** Callers that never make a lead or contact: the post, the cleaning firm, one's own family. */
import { useNeverRecord, useReplaceNeverRecord } from '../../api/settings';
import { notify } from '../../frame/notices';
import { TextField } from '../../parts/field';
import { Form, linesOf } from '../../parts/form';
import { Failed, Loading } from '../../parts/states';
import { shownNumber } from '../../text/phone-number';
import { t } from '../../text/text';
import { SettingsHead } from './settings-head';

export default function NeverRecord() {
  const list = useNeverRecord();
  const replace = useReplaceNeverRecord();
  const sent = (fields: FormData) =>
    replace.mutate(linesOf(fields, 'numbers'), { onSuccess: () => notify('done', t('card.saved')) });
  return (
    <>
      <SettingsHead title={t('settings.never-record')} why={t('never-record.why')} />
      {list.isPending && <Loading />}
      {list.isError && <Failed error={list.error} retry={() => void list.refetch()} />}
      {list.data && (
        <Form onSubmit={sent} submit={t('action.save')} busy={replace.isPending} error={replace.error}>
          <TextField
            key={list.data.join()}
            label={t('never-record.numbers')}
            name="numbers"
            rows={12}
            className="input num"
            defaultValue={list.data.map(shownNumber).join('\n')}
            hint={t('never-record.rule')}
          />
        </Form>
      )}
    </>
  );
}
