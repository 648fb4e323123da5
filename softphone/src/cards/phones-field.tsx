/** The phone numbers of a card in its form: as many as wanted, each with a label. `phonesOf` reads them back. */
import { useId, useState } from 'react';
import type { Phone, PhoneToSave } from '../../../server/api/messages';
import { Button, IconButton } from '../parts/button';
import { textsOf } from '../parts/form';
import { shownPhone } from '../text/phone-number';
import { t } from '../text/text';

interface Line {
  readonly key: number;
  readonly typed: string;
  readonly label: string;
}

const phonesMax = 20;

interface PhonesFieldProps {
  readonly phones: readonly Phone[];
  readonly wrong?: string | undefined;
}

export function PhonesField({ phones, wrong }: PhonesFieldProps) {
  const noteId = useId();
  const [lines, setLines] = useState<readonly Line[]>(() => firstLines(phones));
  const add = () =>
    setLines([...lines, { key: Math.max(0, ...lines.map((line) => line.key)) + 1, typed: '', label: '' }]);
  const drop = (key: number) => setLines(lines.filter((line) => line.key !== key));
  return (
    <fieldset className="field phones-field" aria-describedby={wrong ? noteId : undefined}>
      <legend>{t('card.phones')}</legend>
      {lines.map((line) => (
        <div key={line.key} className="phones-line">
          <input
            className="input num"
            type="tel"
            name="phone"
            aria-label={t('card.phone')}
            defaultValue={line.typed}
            maxLength={64}
          />
          <input
            className="input"
            name="phoneLabel"
            aria-label={t('card.phone-label')}
            placeholder={t('card.phone-label')}
            defaultValue={line.label}
            maxLength={40}
          />
          <IconButton icon="bin" label={t('card.remove-phone')} onClick={() => drop(line.key)} />
        </div>
      ))}
      {wrong && (
        <p className="field-wrong" id={noteId}>
          {wrong}
        </p>
      )}
      {lines.length < phonesMax && (
        <Button look="quiet" icon="plus" onClick={add}>
          {t('card.add-phone')}
        </Button>
      )}
    </fieldset>
  );
}

/** Empty lines are left out. */
export function phonesOf(fields: FormData): readonly PhoneToSave[] {
  const labels = textsOf(fields, 'phoneLabel');
  return textsOf(fields, 'phone')
    .map((typed, place) => {
      const label = labels[place];
      return { typed, ...(label ? { label } : {}) };
    })
    .filter((phone) => phone.typed !== '');
}

function firstLines(phones: readonly Phone[]): readonly Line[] {
  const known = phones.map((phone, key) => ({ key, typed: shownPhone(phone), label: phone.label ?? '' }));
  return known.length > 0 ? known : [{ key: 0, typed: '', label: '' }];
}
