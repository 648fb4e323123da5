/** The form of a trunk, and its test before anything is saved. */
import { useRef, useState } from 'react';
import type { Trunk } from '../../../../server/api/messages';
import { fieldProblem } from '../../api/problem';
import { useSaveSetting } from '../../api/settings';
import { notify } from '../../frame/notices';
import { Dialog } from '../../parts/dialog';
import { InputField, SelectField } from '../../parts/field';
import { Form } from '../../parts/form';
import { t } from '../../text/text';
import { CodecField, kinds, NumberFields, PeerFields, trunkOf, UseFields, withoutNulls } from './trunk-fields';
import { testOf, TrunkTester } from './trunk-test';

interface TrunkDialogProps {
  readonly trunk: Trunk | undefined;
  readonly onClose: () => void;
}

export function TrunkDialog({ trunk, onClose }: TrunkDialogProps) {
  const save = useSaveSetting('trunks', trunk?.id);
  const [kind, setKind] = useState<Trunk['kind']>(trunk?.kind ?? 'registration');
  const fields = useRef<HTMLDivElement>(null);
  const sent = (form: FormData) =>
    save.mutate(trunk ? trunkOf(form) : withoutNulls(trunkOf(form)), {
      onSuccess: () => {
        onClose();
        notify('done', t('card.saved'));
      },
    });
  const wrong = (field: string) => fieldProblem(save.error, field);
  const asked = () => {
    const form = fields.current?.closest('form');
    return form ? testOf(trunk?.id, trunkOf(new FormData(form))) : undefined;
  };
  return (
    <Dialog title={trunk ? trunk.name : t('trunks.new')} onClose={onClose} width="wide">
      <Form onSubmit={sent} submit={t('action.save')} busy={save.isPending} error={save.error} onCancel={onClose}>
        <div className="form-columns" ref={fields}>
          <InputField
            label={t('card.name')}
            name="name"
            defaultValue={trunk?.name}
            maxLength={100}
            required
            autoFocus
            wrong={wrong('name')}
          />
          <SelectField
            label={t('trunks.kind')}
            name="kind"
            value={kind}
            hint={t(`trunk-kind-why.${kind}`)}
            onChange={(event) => setKind(kinds.find((each) => each === event.target.value) ?? 'registration')}
          >
            {kinds.map((each) => (
              <option key={each} value={each}>
                {t(`trunk-kind.${each}`)}
              </option>
            ))}
          </SelectField>
          <PeerFields trunk={trunk} kind={kind} wrong={wrong} />
          <NumberFields trunk={trunk} wrong={wrong} />
          <CodecField trunk={trunk} />
          <UseFields trunk={trunk} kind={kind} />
        </div>
        <TrunkTester key={kind} asked={asked} username={trunk?.username} />
      </Form>
    </Dialog>
  );
}
