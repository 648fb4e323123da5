/** One of the languages in which Trunkline speaks, by its name in the language of the page. */
import { type Language, languages } from '../../../../call-router/state/office';
import { SelectField } from '../../parts/field';
import { locale } from '../../text/text';

interface LanguageSelectProps {
  readonly label: string;
  /** What no language means; left out: there must be one. */
  readonly none?: string;
  readonly value: Language | undefined;
  readonly hint?: string;
  readonly onChange: (language: Language | undefined) => void;
}

export function LanguageSelect({ label, none, value, hint, onChange }: LanguageSelectProps) {
  return (
    <SelectField
      label={label}
      value={value ?? ''}
      hint={hint}
      onChange={(event) => onChange(languages.find((language) => language === event.target.value))}
    >
      {none !== undefined && <option value="">{none}</option>}
      {languages.map((language) => (
        <option key={language} value={language}>
          {languageName(language)}
        </option>
      ))}
    </SelectField>
  );
}

export function languageName(language: Language): string {
  return new Intl.DisplayNames([locale()], { type: 'language' }).of(language) ?? language;
}
