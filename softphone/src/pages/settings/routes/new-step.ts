/** A step as it begins its life: with the first of what it needs, so that it means something at once. */
import type { RouteStep } from '../../../../../call-router/state/office';
import { useOffice } from '../../../api/office';
import { stepKinds } from './step-words';

export interface NewSteps {
  /** Those that this office can have: no queue without a queue. */
  readonly kinds: readonly RouteStep['kind'][];
  readonly make: (kind: RouteStep['kind']) => RouteStep | undefined;
}

const people = { ringS: 20 } as const;

/** @param planId the plan that is edited: it does not lead to itself. */
export function useNewSteps(planId: string | undefined): NewSteps {
  const [calendar] = useOffice('calendars').data ?? [];
  const [queue] = useOffice('queues').data ?? [];
  const [mailbox] = useOffice('mailboxes').data ?? [];
  const other = useOffice('route-plans').data?.find(({ id }) => id !== planId);
  const make = (kind: RouteStep['kind']): RouteStep | undefined => {
    switch (kind) {
      case 'hours':
        return calendar && { kind, calendarId: calendar.id };
      case 'greeting':
        return { kind, prompt: [{ say: 'welcome' }] };
      case 'menu':
        return {
          kind,
          prompt: [{ say: 'menu-choose' }],
          choices: [{ digits: '1' }],
          directExtension: false,
          timeoutS: 5,
          triesMax: 2,
        };
      case 'responsible':
        return { kind, ...people };
      case 'ring':
        return { kind, order: 'all', targets: [], ...people };
      case 'queue':
        return queue && { kind, queueId: queue.id };
      case 'voicemail':
        return mailbox && { kind, mailboxId: mailbox.id };
      case 'external':
        return { kind, number: '', ringS: 30 };
      case 'plan':
        return other && { kind, planId: other.id };
      default:
        return { kind, prompt: [{ say: 'goodbye' }] };
    }
  };
  return { kinds: stepKinds.filter((kind) => make(kind) !== undefined), make };
}
