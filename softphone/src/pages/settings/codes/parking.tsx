/** Parking: the slots in which calls wait, and when they come back. */
import { DocumentForm } from '../../../parts/document-form';
import { InputField } from '../../../parts/field';
import { NumberField } from '../../../parts/number-field';
import { FormSection } from '../../../parts/page-form';
import { t } from '../../../text/text';

export function ParkingForm() {
  return (
    <DocumentForm of="parking">
      {({ draft, change, wrong }) => (
        <FormSection title={t('parking.title')} why={t('parking.why')}>
          <div className="form-grid">
            <SlotField
              label={t('parking.first')}
              value={draft.first}
              wrong={wrong('first')}
              onChange={(first) => change({ first })}
            />
            <SlotField
              label={t('parking.last')}
              value={draft.last}
              wrong={wrong('last') ?? (draft.last < draft.first ? t('parking.order') : undefined)}
              onChange={(last) => change({ last })}
            />
            <NumberField
              label={t('parking.returns')}
              value={draft.returnS}
              min={10}
              max={3600}
              hint={t('parking.returns-rule')}
              onChange={(returnS) => change({ returnS })}
            />
          </div>
        </FormSection>
      )}
    </DocumentForm>
  );
}

interface SlotFieldProps {
  readonly label: string;
  readonly value: string;
  readonly wrong: string | undefined;
  readonly onChange: (slot: string) => void;
}

function SlotField({ label, value, wrong, onChange }: SlotFieldProps) {
  return (
    <InputField
      label={label}
      inputMode="numeric"
      className="input num"
      pattern="[0-9]{2}"
      maxLength={2}
      required
      hint={t('parking.slot-rule')}
      value={value}
      wrong={wrong}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
