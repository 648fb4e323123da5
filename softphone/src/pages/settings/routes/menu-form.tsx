/** The form of a menu: what is said, the keys and where each leads, and what happens when none is pressed. */
import { type ReactNode, useId } from 'react';
import { type Language, languages } from '../../../../../call-router/state/office';
import { Button, IconButton } from '../../../parts/button';
import { Check } from '../../../parts/check';
import { NumberField } from '../../../parts/number-field';
import { t } from '../../../text/text';
import { languageName } from '../language-select';
import { PromptField } from '../prompt-field';
import { ExitSelect } from './exit-select';
import { given, type MenuChoice, type MenuStep } from './step-exits';
import type { StepFormProps } from './step-form';

export function MenuForm({ step, around, onChange, onLead, onLeadToNew }: StepFormProps<MenuStep>) {
  const { choices } = step;
  const put = (place: number, choice: MenuChoice) =>
    onChange({ ...step, choices: choices.map((each, at) => (at === place ? choice : each)) });
  const add = () => onChange({ ...step, choices: [...choices, { digits: freeDigit(choices) }] });
  return (
    <>
      <PromptField label={t('menu.prompt')} prompt={step.prompt} onChange={(prompt) => onChange({ ...step, prompt })} />
      <div className="choices" role="group" aria-label={t('menu.choices')}>
        <div className="choice-line choice-heads" aria-hidden="true">
          <span>{t('menu.digits')}</span>
          <span>{t('menu.label')}</span>
          <span>{t('menu.leads-to')}</span>
          <span>{t('menu.language')}</span>
        </div>
        {choices.map((choice, place) => (
          <div key={place} className="choice-line">
            <ChoiceFields choice={choice} onChange={(next) => put(place, next)}>
              <ExitSelect
                {...around}
                label={t('exit.choice', { digits: choice.digits })}
                next={choice.next}
                onLead={(next) => onLead(`choice-${place}`, next)}
                onLeadToNew={(kind) => onLeadToNew(`choice-${place}`, kind)}
              />
            </ChoiceFields>
            <IconButton
              icon="bin"
              label={t('menu.remove', { digits: choice.digits })}
              onClick={() => onChange({ ...step, choices: choices.filter((each) => each !== choice) })}
            />
          </div>
        ))}
        <Button look="quiet" icon="plus" onClick={add}>
          {t('menu.add')}
        </Button>
      </div>
      <WaitFields step={step} around={around} onChange={onChange} onLead={onLead} onLeadToNew={onLeadToNew} />
      <Check
        label={t('menu.extension')}
        checked={step.directExtension}
        onChange={(directExtension) => onChange({ ...step, directExtension })}
      />
    </>
  );
}

function WaitFields({ step, around, onChange, onLead, onLeadToNew }: StepFormProps<MenuStep>) {
  const id = useId();
  return (
    <div className="form-grid">
      <NumberField
        label={t('menu.timeout')}
        value={step.timeoutS}
        min={1}
        max={60}
        onChange={(timeoutS) => onChange({ ...step, timeoutS })}
      />
      <NumberField
        label={t('menu.tries')}
        value={step.triesMax}
        min={1}
        max={10}
        onChange={(triesMax) => onChange({ ...step, triesMax })}
      />
      <div className="field">
        <label htmlFor={id}>{t('exit.noChoice')}</label>
        <ExitSelect
          {...around}
          id={id}
          next={step.noChoice}
          onLead={(next) => onLead('noChoice', next)}
          onLeadToNew={(kind) => onLeadToNew('noChoice', kind)}
        />
      </div>
    </div>
  );
}

interface ChoiceFieldsProps {
  readonly choice: MenuChoice;
  readonly onChange: (choice: MenuChoice) => void;
  readonly children: ReactNode;
}

function ChoiceFields({ choice, onChange, children }: ChoiceFieldsProps) {
  const { digits, label, language, next } = choice;
  const change = (more: { readonly label?: string | undefined; readonly language?: Language | undefined }) => {
    const whole = { label, language, ...more };
    onChange({ digits, ...given('label', whole.label), ...given('language', whole.language), ...given('next', next) });
  };
  return (
    <>
      <input
        className="input num"
        aria-label={t('menu.digits')}
        value={digits}
        maxLength={8}
        required
        pattern="[0-9*#]{1,8}"
        onChange={(event) => onChange({ ...choice, digits: event.target.value })}
      />
      <input
        className="input"
        aria-label={t('menu.label')}
        placeholder={t('menu.label-example')}
        value={label ?? ''}
        maxLength={100}
        onChange={(event) => change({ label: event.target.value === '' ? undefined : event.target.value })}
      />
      {children}
      <select
        className="input select"
        aria-label={t('menu.language')}
        value={language ?? ''}
        onChange={(event) => change({ language: languages.find((each) => each === event.target.value) })}
      >
        <option value="">{t('menu.same-language')}</option>
        {languages.map((each) => (
          <option key={each} value={each}>
            {languageName(each)}
          </option>
        ))}
      </select>
    </>
  );
}

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

const freeDigit = (choices: readonly MenuChoice[]): string =>
  keys.find((key) => !choices.some(({ digits }) => digits === key)) ?? '';
