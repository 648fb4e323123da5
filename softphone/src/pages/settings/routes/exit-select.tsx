/** Where a way out of a step leads: to a step further on, to a new step made on the spot, or to the number's fallback. */
import type { RouteStep } from '../../../../../call-router/state/office';
import { t } from '../../../text/text';
import { kindWords, useStepWords } from './step-words';
import { possibleNext, type Steps } from './plan-draft';

/** What the forms of all steps need of the plan around them. */
export interface AroundStep {
  readonly steps: Steps;
  readonly name: string;
  readonly newKinds: readonly RouteStep['kind'][];
}

interface ExitSelectProps extends AroundStep {
  readonly id?: string;
  readonly label?: string;
  readonly next: string | undefined;
  readonly onLead: (next: string | undefined) => void;
  readonly onLeadToNew: (kind: RouteStep['kind']) => void;
}

const newMark = '+';

export function ExitSelect({ steps, name, newKinds, id, label, next, onLead, onLeadToNew }: ExitSelectProps) {
  const stepWords = useStepWords();
  const possible = possibleNext(steps, name);
  const offered = steps.filter((each) => possible.includes(each) || each.name === next);
  const choose = (value: string) => {
    const kind = newKinds.find((each) => value === newMark + each);
    if (kind === undefined) onLead(value === '' ? undefined : value);
    else onLeadToNew(kind);
  };
  return (
    <select
      id={id}
      className="input select"
      aria-label={label}
      value={next ?? ''}
      onChange={(event) => choose(event.target.value)}
    >
      <option value="">{t('exit.fallback')}</option>
      {offered.map((each) => (
        <option key={each.name} value={each.name}>
          {steps.indexOf(each) + 1} · {kindWords(each.step.kind)} {stepWords(each.step).slice(0, 40)}
        </option>
      ))}
      <optgroup label={t('exit.new')}>
        {newKinds.map((kind) => (
          <option key={kind} value={newMark + kind}>
            + {kindWords(kind)}
          </option>
        ))}
      </optgroup>
    </select>
  );
}
