/** From which addresses each role may log in. A rule that would shut out its author is refused by the server. */
import { fieldProblem } from '../../api/problem';
import { useLogInRanges, useReplaceLogInRanges } from '../../api/settings';
import { notify } from '../../frame/notices';
import { TextField } from '../../parts/field';
import { Form, linesOf } from '../../parts/form';
import { Failed, Loading } from '../../parts/states';
import { t } from '../../text/text';
import { SettingsHead } from './settings-head';

const roles = ['administrator', 'manager', 'operator'] as const;

export default function LogInRanges() {
  const ranges = useLogInRanges();
  const replace = useReplaceLogInRanges();
  const sent = (fields: FormData) =>
    replace.mutate(
      {
        administrator: linesOf(fields, 'administrator'),
        manager: linesOf(fields, 'manager'),
        operator: linesOf(fields, 'operator'),
      },
      { onSuccess: () => notify('done', t('card.saved')) },
    );
  return (
    <>
      <SettingsHead title={t('settings.log-in')} why={t('log-in-ranges.why')} />
      {ranges.isPending && <Loading />}
      {ranges.isError && <Failed error={ranges.error} retry={() => void ranges.refetch()} />}
      {ranges.data && (
        <Form onSubmit={sent} submit={t('action.save')} busy={replace.isPending} error={replace.error}>
          {roles.map((role) => (
            <TextField
              key={`${role}${ranges.data[role].join()}`}
              label={t(`role.${role}`)}
              name={role}
              rows={3}
              className="input num"
              placeholder={t('log-in-ranges.anywhere')}
              defaultValue={ranges.data[role].join('\n')}
              wrong={fieldProblem(replace.error, role)}
            />
          ))}
          <p className="field-hint">{t('log-in-ranges.rule')}</p>
        </Form>
      )}
    </>
  );
}
