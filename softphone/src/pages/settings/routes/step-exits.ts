/**
 * Where a step may lead, as one list whatever its kind: each way out has a name of its own, so that it can be shown, drawn
 * and turned to another step. Pure.
 */
import type { RouteStep } from '../../../../../call-router/state/office';

export type ExitName = 'open' | 'closed' | 'next' | 'noChoice' | `choice-${number}`;

export interface Exit {
  readonly name: ExitName;
  /** Undefined: the number's fallback. */
  readonly next: string | undefined;
  /** Of a choice: the keys that are pressed. */
  readonly digits?: string;
}

export type MenuStep = Extract<RouteStep, { readonly kind: 'menu' }>;
export type MenuChoice = MenuStep['choices'][number];

export function exitsOf(step: RouteStep): readonly Exit[] {
  switch (step.kind) {
    case 'hours':
      return [
        { name: 'open', next: step.open },
        { name: 'closed', next: step.closed },
      ];
    case 'menu':
      return [
        ...step.choices.map(({ digits, next }, place) => ({ name: `choice-${place}` as const, next, digits })),
        { name: 'noChoice', next: step.noChoice },
      ];
    case 'voicemail':
    case 'plan':
    case 'hang-up':
      return [];
    default:
      return [{ name: 'next', next: step.next }];
  }
}

/** The same step with this way out turned to another step, or (undefined) to the fallback. */
export function withExit(step: RouteStep, name: ExitName, next: string | undefined): RouteStep {
  switch (step.kind) {
    case 'hours': {
      const open = name === 'open' ? next : step.open;
      const closed = name === 'closed' ? next : step.closed;
      return { kind: 'hours', calendarId: step.calendarId, ...given('open', open), ...given('closed', closed) };
    }
    case 'menu': {
      const { noChoice, ...menu } = step;
      const choices = menu.choices.map((choice, place) =>
        name === `choice-${place}` ? leading(choice, next) : choice,
      );
      return { ...menu, choices, ...given('noChoice', name === 'noChoice' ? next : noChoice) };
    }
    case 'voicemail':
    case 'plan':
    case 'hang-up':
      return step;
    default: {
      const { next: _, ...rest } = step;
      return { ...rest, ...given('next', next) };
    }
  }
}

/** The same step without ways to a step that is gone. */
export const withoutExitsTo = (step: RouteStep, gone: string): RouteStep =>
  exitsOf(step)
    .filter(({ next }) => next === gone)
    .reduce((before, { name }) => withExit(before, name, undefined), step);

function leading(choice: MenuChoice, next: string | undefined): MenuChoice {
  const { next: _, ...rest } = choice;
  return { ...rest, ...given('next', next) };
}

/** A member that is left out when it has no value. */
export const given = <Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [Name in Key]?: Value } => (value === undefined ? {} : keyed(key, value));

const keyed = <Key extends string, Value>(key: Key, value: Value): { readonly [Name in Key]?: Value } =>
  // A computed key is typed as any text.
  ({ [key]: value }) as { readonly [Name in Key]?: Value };
