/** The name of an office object in its form. */
import { InputField } from '../../parts/field';
import { t } from '../../text/text';

interface NameFieldProps {
  readonly name: string;
  readonly example?: string;
  readonly wrong: (field: string) => string | undefined;
  readonly onChange: (changes: { readonly name: string }) => void;
}

export function NameField({ name, example, wrong, onChange }: NameFieldProps) {
  return (
    <InputField
      label={t('card.name')}
      value={name}
      maxLength={100}
      required
      autoFocus
      placeholder={example}
      wrong={wrong('name')}
      onChange={(event) => onChange({ name: event.target.value })}
    />
  );
}
