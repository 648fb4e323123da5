/** Steps, their ways out and what is wrong with them in words. */
import type { PlanProblem } from '../../../../../call-router/features/plan-check';
import type { RouteStep } from '../../../../../call-router/state/office';
import { useOffice } from '../../../api/office';
import { useNameOf } from '../../../api/people';
import { shownNumber } from '../../../text/phone-number';
import { t } from '../../../text/text';
import { usePromptWords } from '../prompt-field';
import type { Steps } from './plan-draft';
import type { Exit } from './step-exits';

export const stepKinds = [
  'hours',
  'greeting',
  'menu',
  'responsible',
  'ring',
  'queue',
  'voicemail',
  'external',
  'plan',
  'hang-up',
] as const satisfies readonly RouteStep['kind'][];

export const kindWords = (kind: RouteStep['kind']): string => t(`step.${kind}`);

/** What this step does, short enough for its line and its box in the picture. */
export function useStepWords(): (step: RouteStep) => string {
  const calendars = useOffice('calendars').data ?? [];
  const groups = useOffice('groups').data ?? [];
  const queues = useOffice('queues').data ?? [];
  const mailboxes = useOffice('mailboxes').data ?? [];
  const plans = useOffice('route-plans').data ?? [];
  const userName = useNameOf();
  const promptWords = usePromptWords();
  const named = (all: readonly { readonly id: string; readonly name: string }[], id: string | undefined) =>
    all.find((one) => one.id === id)?.name ?? t('many.gone');
  return (step) => {
    switch (step.kind) {
      case 'hours':
        return named(calendars, step.calendarId);
      case 'greeting':
        return promptWords(step.prompt);
      case 'menu':
        return step.choices.map(({ digits, label }) => (label ? `${digits} ${label}` : digits)).join(', ');
      case 'ring':
        return step.targets
          .map(({ userId, groupId }) => (groupId ? named(groups, groupId) : (userName(userId) ?? t('many.gone'))))
          .join(', ');
      case 'queue':
        return named(queues, step.queueId);
      case 'voicemail':
        return named(mailboxes, step.mailboxId);
      case 'external':
        return shownNumber(step.number);
      case 'plan':
        return named(plans, step.planId);
      case 'responsible':
        return t('step.for', { seconds: step.ringS });
      default:
        return step.prompt ? promptWords(step.prompt) : '';
    }
  };
}

/** The label of the field that says where a way out leads. */
export function exitWords(step: RouteStep, { name, digits }: Exit): string {
  if (name === 'open' || name === 'closed' || name === 'noChoice') return t(`exit.${name}`);
  if (digits !== undefined) return t('exit.choice', { digits });
  return t(step.kind === 'greeting' ? 'exit.then' : 'exit.no-answer');
}

/** The same beside a line of the picture. */
export function lineWords(step: RouteStep, { name, digits }: Exit): string {
  if (digits !== undefined) return digits;
  if (name === 'open' || name === 'closed' || name === 'noChoice') return t(`line.${name}`);
  return step.kind === 'greeting' ? '' : t('line.no-answer');
}

/** How a circle names a queue that it leads through (call-router/features/plan-circle.ts). */
const queuePlace = 'queue/';

/** @param problem of the plan whose steps these are. */
export function problemWordsOf(problem: PlanProblem, steps: Steps): string {
  const placeOf = (name: string): string => {
    if (name.startsWith(queuePlace)) return name.slice(queuePlace.length);
    const place = steps.findIndex((each) => each.name === name);
    return place < 0 ? t('plan.other-route') : String(place + 1);
  };
  switch (problem.kind) {
    case 'no-start':
      return t('plan.no-start');
    case 'unknown-step':
      return t('plan.unknown-step');
    case 'unknown-plan':
      return t('plan.unknown-plan');
    case 'circle':
      return t('plan.circle', { steps: problem.steps.map(placeOf).join(' → ') });
    case 'menu-without-choices':
      return t('plan.menu-without-choices');
    case 'not-digits':
      return t('plan.not-digits', { digits: problem.digits });
    case 'digits-twice':
      return t('plan.digits-twice', { digits: problem.digits });
    case 'nobody-rings':
      return t('plan.nobody-rings');
    case 'unreachable-step':
      return t('plan.unreachable-step');
    default:
      return t('plan.digits-begin-others', { digits: problem.digits, longer: problem.longer });
  }
}
