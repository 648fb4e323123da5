/** The form of a number of ours. */
import type { OwnNumber } from '../../../../server/api/messages';
import { fieldProblem } from '../../api/problem';
import { useSaveSetting, useTrunks } from '../../api/settings';
import { notify } from '../../frame/notices';
import { Dialog } from '../../parts/dialog';
import { InputField, SelectField } from '../../parts/field';
import { Form, textOf, textOrNull } from '../../parts/form';
import { t } from '../../text/text';
import { RouteFields, routeOf } from './route-fields';

const kinds = ['rented', 'mobile', 'office'] as const;
const makes = ['lead', 'contact', 'nothing'] as const;

interface NumberDialogProps {
  readonly number: OwnNumber | undefined;
  readonly onClose: () => void;
}

export function NumberDialog({ number, onClose }: NumberDialogProps) {
  const save = useSaveSetting('numbers', number?.id);
  const sent = (fields: FormData) =>
    save.mutate(number ? numberOf(fields) : withoutNulls(numberOf(fields)), {
      onSuccess: () => {
        onClose();
        notify('done', t('card.saved'));
      },
    });
  const wrong = (field: string) => fieldProblem(save.error, field);
  return (
    <Dialog title={t(number ? 'numbers.edit' : 'numbers.new')} onClose={onClose} width="wide">
      <Form onSubmit={sent} submit={t('action.save')} busy={save.isPending} error={save.error} onCancel={onClose}>
        <div className="form-columns">
          <WhichFields number={number} wrong={wrong} />
          <RouteFields route={number?.route} wrong={wrong('route')} />
          <CallerFields number={number} wrong={wrong} />
        </div>
      </Form>
    </Dialog>
  );
}

interface PartProps {
  readonly number: OwnNumber | undefined;
  readonly wrong: (field: string) => string | undefined;
}

function WhichFields({ number, wrong }: PartProps) {
  const trunks = useTrunks().data ?? [];
  return (
    <>
      <InputField
        label={t('numbers.number')}
        name="number"
        defaultValue={number?.number}
        maxLength={64}
        required
        autoFocus
        hint={t('numbers.number-rule')}
        wrong={wrong('number')}
      />
      <InputField
        label={t('card.name')}
        name="name"
        defaultValue={number?.name}
        maxLength={100}
        hint={t('numbers.name-rule')}
        wrong={wrong('name')}
      />
      <SelectField label={t('numbers.kind')} name="kind" defaultValue={number?.kind ?? 'rented'} wrong={wrong('kind')}>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`number-kind.${kind}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        key={trunks.length}
        label={t('numbers.trunk')}
        name="trunkId"
        defaultValue={number?.trunkId ?? trunks[0]?.id ?? ''}
        wrong={wrong('trunkId')}
      >
        <option value="">–</option>
        {trunks.map((trunk) => (
          <option key={trunk.id} value={trunk.id}>
            {trunk.name}
          </option>
        ))}
      </SelectField>
    </>
  );
}

/** What is made of an unknown caller, and how to call out from the number. */
function CallerFields({ number, wrong }: PartProps) {
  return (
    <>
      <SelectField label={t('numbers.makes')} name="makes" defaultValue={number?.makes ?? 'lead'}>
        {makes.map((each) => (
          <option key={each} value={each}>
            {t(`makes.${each}`)}
          </option>
        ))}
      </SelectField>
      <InputField
        label={t('lead.source')}
        name="source"
        defaultValue={number?.source}
        maxLength={200}
        hint={t('numbers.source-rule')}
        wrong={wrong('source')}
      />
      <InputField
        label={t('numbers.line')}
        name="line"
        defaultValue={number?.line}
        pattern="0[1-9]|[1-9][0-9]"
        maxLength={2}
        placeholder="01"
        hint={t('numbers.line-rule')}
        wrong={wrong('line')}
      />
    </>
  );
}

function numberOf(fields: FormData): Readonly<Record<string, unknown>> {
  return {
    number: textOf(fields, 'number'),
    name: textOrNull(fields, 'name'),
    kind: textOf(fields, 'kind'),
    trunkId: textOrNull(fields, 'trunkId'),
    route: routeOf(fields),
    makes: textOf(fields, 'makes'),
    source: textOrNull(fields, 'source'),
    line: textOrNull(fields, 'line'),
  };
}

const withoutNulls = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
