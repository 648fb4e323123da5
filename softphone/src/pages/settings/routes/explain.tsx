/**
 * Which way a call would go, and why: a number, a caller and a time are given, nobody rings. What is asked about is what is
 * saved, not what is being edited.
 */
import { type FormEvent, useState } from 'react';
import type { ExplainedStep } from '../../../../../call-router/features/explain-route';
import type { RoutePlan } from '../../../../../call-router/state/office';
import { type CallAsked, useExplain } from '../../../api/explain';
import { useNumbers } from '../../../api/settings';
import { Button } from '../../../parts/button';
import { InputField, SelectField } from '../../../parts/field';
import { FormProblem } from '../../../parts/states';
import { shownNumber } from '../../../text/phone-number';
import { t } from '../../../text/text';
import { momentOf } from '../../../text/zone';
import { fallbackName, stepsOf } from './plan-draft';
import { kindWords, stepKinds } from './step-words';

interface ExplainProps {
  /** Whose steps are named by their place; undefined: asked from the list of numbers. */
  readonly plan?: RoutePlan;
  readonly numberId?: string;
  readonly isChanged?: boolean;
  readonly onWay?: (way: readonly ExplainedStep[]) => void;
  readonly onPick?: (step: string) => void;
}

export function Explain({ plan, numberId, isChanged = false, onWay, onPick }: ExplainProps) {
  const numbers = useNumbers().data ?? [];
  const usual = numbers.find(({ route }) => route.to === 'menu' && route.planId === plan?.id) ?? numbers[0];
  const explain = useExplain();
  const [asked, setAsked] = useState({ numberId, caller: '', at: '', keys: '' });
  const number = asked.numberId ?? usual?.id;
  const sent = (event: FormEvent) => {
    event.preventDefault();
    if (number === undefined) return;
    explain.mutate(callOf({ ...asked, numberId: number }), { onSuccess: ({ items }) => onWay?.(items) });
  };
  if (number === undefined) return <p className="dim">{t('explain.no-number')}</p>;
  return (
    <section className="explain" aria-label={t('explain.title')}>
      <h2 className="section-title">{t('explain.title')}</h2>
      <form className="explain-form" onSubmit={sent}>
        <SelectField
          label={t('explain.number')}
          value={number}
          onChange={(event) => setAsked({ ...asked, numberId: event.target.value })}
        >
          {numbers.map((one) => (
            <option key={one.id} value={one.id}>
              {one.number === '*' ? t('numbers.any') : shownNumber(one.number)} {one.name ?? ''}
            </option>
          ))}
        </SelectField>
        <InputField
          label={t('explain.caller')}
          type="tel"
          maxLength={64}
          placeholder={t('explain.anybody')}
          value={asked.caller}
          onChange={(event) => setAsked({ ...asked, caller: event.target.value })}
        />
        <InputField
          label={t('explain.at')}
          type="datetime-local"
          hint={t('explain.at-rule')}
          value={asked.at}
          onChange={(event) => setAsked({ ...asked, at: event.target.value })}
        />
        <InputField
          label={t('explain.keys')}
          pattern="[0-9*#, ]*"
          placeholder="1, 2"
          value={asked.keys}
          onChange={(event) => setAsked({ ...asked, keys: event.target.value })}
        />
        <Button type="submit" look="main" busy={explain.isPending}>
          {t('explain.ask')}
        </Button>
      </form>
      {isChanged && <p className="field-hint">{t('explain.saved-only')}</p>}
      <FormProblem error={explain.error} />
      {explain.data && <Way way={explain.data.items} plan={plan} onPick={onPick} />}
    </section>
  );
}

interface Typed {
  readonly numberId: string;
  readonly caller: string;
  readonly at: string;
  readonly keys: string;
}

function callOf({ numberId, caller, at, keys }: Typed): CallAsked {
  const digits = keys.split(/[,\s]+/).filter((key) => key !== '');
  return {
    numberId,
    ...(caller.trim() === '' ? {} : { caller: caller.trim() }),
    ...(at === '' ? {} : { at: new Date(momentOf(at.slice(0, 10), at.slice(11, 16))).toISOString() }),
    ...(digits.length === 0 ? {} : { digits }),
  };
}

interface WayProps {
  readonly way: readonly ExplainedStep[];
  readonly plan: RoutePlan | undefined;
  readonly onPick: ((step: string) => void) | undefined;
}

function Way({ way, plan, onPick }: WayProps) {
  const places = plan ? stepsOf(plan).map(({ name }) => name) : [];
  return (
    <ol className="way" aria-label={t('explain.way')}>
      {way.map((passed, at) => {
        const place = passed.plan === plan?.id && passed.step !== undefined ? places.indexOf(passed.step) : -1;
        return (
          // The same step may be passed twice.
          <li key={at} className={`way-step way-${passed.kind}`}>
            {place >= 0 ? (
              <button type="button" className="link" onClick={() => onPick?.(passed.step ?? '')}>
                {place + 1} · {wordsOf(passed)}
              </button>
            ) : (
              <span className="dim">{wordsOf(passed)}</span>
            )}
            <span>{passed.why}</span>
          </li>
        );
      })}
    </ol>
  );
}

function wordsOf({ kind, step: name }: ExplainedStep): string {
  if (kind === 'menu' && name === undefined) return t('route-target.menu');
  const step = stepKinds.find((each) => each === kind);
  if (step !== undefined) return kindWords(step);
  switch (kind) {
    case 'language':
      return t('way.language');
    case 'user':
      return t('route.user');
    case 'ringGroup':
      return t('route.ringGroup');
    case 'fallback':
      return t('plan.fallback');
    case 'missing':
      return t('way.missing');
    case 'circle':
      return t('way.circle');
    case 'person':
      return t('way.person');
    default:
      return t('way.end');
  }
}

/** The steps of this plan that the call passes, each once, and the fallback if it ends there. */
export function passedIn(way: readonly ExplainedStep[], planId: string): readonly string[] {
  const names = way.flatMap(({ plan, step, kind }) => {
    if (kind === 'fallback') return [fallbackName];
    return plan === planId && step !== undefined ? [step] : [];
  });
  return names.filter((name, at) => names[at - 1] !== name);
}
