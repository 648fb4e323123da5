/** The steps of a plan as a list: one line each, the current one unfolded into its form, problems under the step they are in. */
import { useEffect, useRef } from 'react';
import type { RouteStep } from '../../../../../call-router/state/office';
import { IconButton } from '../../../parts/button';
import { Icon } from '../../../parts/icon';
import { t } from '../../../text/text';
import { changed, ledToNew, moved, type NamedStep, type Steps, without, withStep } from './plan-draft';
import type { NewSteps } from './new-step';
import { withExit } from './step-exits';
import { StepForm } from './step-form';
import { kindWords, useStepWords } from './step-words';

interface StepListProps {
  readonly steps: Steps;
  readonly newSteps: NewSteps;
  readonly current: string | undefined;
  /** What is wrong with a step, in sentences. */
  readonly wrongWith: (name: string) => readonly string[];
  readonly onPick: (name: string | undefined) => void;
  readonly onChange: (steps: Steps) => void;
}

export function StepList(props: StepListProps) {
  const { steps, newSteps, current, onPick, onChange } = props;
  const list = useRef<HTMLOListElement>(null);
  const shown = useRef(current);
  useEffect(() => {
    // What is picked in the picture comes into sight; the page does not move when it opens.
    if (shown.current !== current)
      list.current?.querySelector('.step.is-current')?.scrollIntoView({ block: 'nearest' });
    shown.current = current;
  }, [current]);
  const add = (kind: RouteStep['kind'] | undefined) => {
    const step = kind && newSteps.make(kind);
    if (!step) return;
    const added = withStep(steps, step);
    onChange(added.steps);
    onPick(added.name);
  };
  return (
    <div className="steps">
      <ol ref={list} className="step-list" aria-label={t('plan.steps')}>
        {steps.map((named, place) => (
          <StepItem key={named.name} named={named} place={place} list={props} />
        ))}
      </ol>
      <div className="step-add">
        <select
          className="input select"
          aria-label={t('plan.add-step')}
          value=""
          onChange={(event) => add(newSteps.kinds.find((kind) => kind === event.target.value))}
        >
          <option value="">{t(steps.length === 0 ? 'plan.first-step' : 'plan.add-step')}…</option>
          {newSteps.kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindWords(kind)} – {t(`step-why.${kind}`)}
            </option>
          ))}
        </select>
        {!newSteps.kinds.includes('hours') && <p className="field-hint">{t('plan.more-kinds')}</p>}
      </div>
    </div>
  );
}

interface StepItemProps {
  readonly named: NamedStep;
  readonly place: number;
  readonly list: StepListProps;
}

function StepItem({ named: { name, step }, place, list }: StepItemProps) {
  const { steps, newSteps, current, wrongWith, onPick, onChange } = list;
  const isCurrent = name === current;
  const leadToNew = (exit: Parameters<typeof withExit>[1], kind: RouteStep['kind']) => {
    const made = newSteps.make(kind);
    if (made) onChange(ledToNew(steps, { name, exit }, made));
  };
  return (
    <li className={`step ${isCurrent ? 'is-current' : ''}`}>
      <StepHead name={name} step={step} place={place} list={list} />
      <Problems sentences={wrongWith(name)} />
      {isCurrent && (
        <StepForm
          step={step}
          around={{ steps, name, newKinds: newSteps.kinds }}
          onChange={(next) => onChange(changed(steps, name, next))}
          onLead={(exit, next) => onChange(changed(steps, name, withExit(step, exit, next)))}
          onLeadToNew={leadToNew}
        />
      )}
      {isCurrent && (
        <div className="step-buttons">
          <IconButton
            icon="up"
            label={t('plan.up', { place: place + 1 })}
            disabled={place === 0}
            onClick={() => onChange(moved(steps, name, -1))}
          />
          <IconButton
            icon="down"
            label={t('plan.down', { place: place + 1 })}
            disabled={place === steps.length - 1}
            onClick={() => onChange(moved(steps, name, 1))}
          />
          <IconButton
            icon="bin"
            label={t('plan.remove-step', { place: place + 1 })}
            onClick={() => {
              onChange(without(steps, name));
              onPick(undefined);
            }}
          />
        </div>
      )}
    </li>
  );
}

type StepHeadProps = NamedStep & { readonly place: number; readonly list: StepListProps };

function StepHead({ name, step, place, list: { current, onPick } }: StepHeadProps) {
  const stepWords = useStepWords();
  const isCurrent = name === current;
  return (
    <button
      type="button"
      className="step-head"
      aria-expanded={isCurrent}
      onClick={() => onPick(isCurrent ? undefined : name)}
    >
      <span className="step-place num">{place + 1}</span>
      <span className="step-kind">{kindWords(step.kind)}</span>
      <span className="step-what">{stepWords(step)}</span>
      <Icon name={isCurrent ? 'up' : 'down'} />
    </button>
  );
}

function Problems({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <ul className="step-problems" role="status">
      {sentences.map((sentence) => (
        <li key={sentence} className="field-wrong">
          {sentence}
        </li>
      ))}
    </ul>
  );
}
