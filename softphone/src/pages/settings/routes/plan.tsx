/** One route: its steps as a list to edit, their picture beside it, and which way a call would go. */
import { useState } from 'react';
import type { RoutePlan } from '../../../../../call-router/state/office';
import { routePlanIdOf } from '../../../../../call-router/values/ids';
import { useOffice } from '../../../api/office';
import { ApiProblem } from '../../../api/problem';
import { notify } from '../../../frame/notices';
import { InputField } from '../../../parts/field';
import { PageForm } from '../../../parts/page-form';
import { t } from '../../../text/text';
import '../../../styles/routes.css';
import { EditHead, Edited, useObjectForm } from '../edited';
import { Explain, passedIn } from './explain';
import { useNewSteps } from './new-step';
import { planOf, type Steps, stepsOf } from './plan-draft';
import { PlanPicture } from './plan-picture';
import { StepList } from './step-list';
import { checkedPlan, type StepProblem } from './step-problems';
import { problemWordsOf } from './step-words';

type Fields = Omit<RoutePlan, 'id'>;

const newPlan: Fields = { name: '', start: '', steps: {} };

export default function PlanPage() {
  return <Edited kind="route-plans">{(saved) => <PlanForm key={saved?.id ?? 'new'} saved={saved} />}</Edited>;
}

function PlanForm({ saved }: { readonly saved: RoutePlan | undefined }) {
  const of = { kind: 'route-plans', list: 'routes', id: saved?.id } as const;
  const { editing, wrong, form } = useObjectForm<Fields>({ ...of, saved: saved ?? newPlan });
  const { draft, change } = editing;
  const [current, pick] = useState(() => stepsOf(draft)[0]?.name);
  const [passed, setPassed] = useState<readonly string[]>([]);
  const check = useCheck(saved?.id, { ...draft, error: form.error });
  const steps = stepsOf(draft);
  const put = (next: Steps) => change(planOf(next));
  const save = () => {
    if (check.firstRefused === undefined) form.onSave();
    else sayWhere(check.firstRefused, steps, pick);
  };
  const hasProblem = (name: string) => check.wrongWith(name).length > 0;
  return (
    <>
      <EditHead list="routes" listName={t('settings.routes')} title={saved?.name ?? t('plan.new')} />
      <div className="plan-page">
        <PageForm {...form} onSave={save}>
          <InputField
            label={t('card.name')}
            value={draft.name}
            maxLength={100}
            required
            autoFocus={saved === undefined}
            placeholder={t('plan.name-example')}
            wrong={wrong('name')}
            onChange={(event) => change({ name: event.target.value })}
          />
          <StepList
            steps={steps}
            newSteps={useNewSteps(saved?.id)}
            current={current}
            wrongWith={check.wrongWith}
            onPick={pick}
            onChange={put}
          />
        </PageForm>
        <aside className="plan-side">
          {steps.length > 0 && (
            <section aria-label={t('plan.picture')}>
              <PlanPicture steps={steps} current={current} passed={passed} hasProblem={hasProblem} onPick={pick} />
            </section>
          )}
          {saved && (
            <Explain
              plan={saved}
              isChanged={editing.isChanged}
              onWay={(way) => setPassed(passedIn(way, saved.id))}
              onPick={pick}
            />
          )}
        </aside>
      </div>
    </>
  );
}

/** What keeps the plan from being saved: it has no step (''), or this one. */
function sayWhere(refused: string, steps: Steps, pick: (name: string) => void): void {
  if (refused === '') return notify('failed', t('plan.no-start'));
  pick(refused);
  return notify('failed', t('plan.kept-back', { place: steps.findIndex(({ name }) => name === refused) + 1 }));
}

interface Asked extends Pick<RoutePlan, 'name' | 'start' | 'steps'> {
  readonly error: unknown;
}

/** The router's own check while one types, and what the server said of a step. */
function useCheck(id: string | undefined, { error, name, start, steps: saved }: Asked) {
  const plans = (useOffice('route-plans').data ?? []).filter((plan) => plan.id !== id);
  const queues = useOffice('queues').data ?? [];
  const steps = stepsOf({ start, steps: saved });
  const { ofStep, firstRefused } = checkedPlan({ id: routePlanIdOf(id ?? 'new'), name }, steps, { plans, queues });
  const wordsOf = (problem: StepProblem) =>
    problem.kind === 'no-number' ? t('plan.no-number') : problemWordsOf(problem, steps);
  return {
    firstRefused,
    wrongWith: (step: string) => [...ofStep(step).map(wordsOf), ...refusalsOf(error, step)],
  };
}

function refusalsOf(error: unknown, step: string): readonly string[] {
  const errors = error instanceof ApiProblem ? (error.details.errors ?? []) : [];
  return errors.filter(({ field }) => `${field}.`.startsWith(`steps.${step}.`)).map(({ message }) => message);
}
