/** The form of one step, by its kind, with the ways out under it. */
import { useId } from 'react';
import type { RouteStep } from '../../../../../call-router/state/office';
import { calendarIdOf, mailboxIdOf, queueIdOf, routePlanIdOf, trunkIdOf } from '../../../../../call-router/values/ids';
import { useOffice } from '../../../api/office';
import { useTrunks } from '../../../api/settings';
import { InputField, SelectField } from '../../../parts/field';
import { NumberField } from '../../../parts/number-field';
import { t } from '../../../text/text';
import { PromptField } from '../prompt-field';
import { type AroundStep, ExitSelect } from './exit-select';
import { MenuForm } from './menu-form';
import { RingForm } from './ring-form';
import { type ExitName, exitsOf, given } from './step-exits';
import { exitWords } from './step-words';

export interface StepFormProps<Step extends RouteStep = RouteStep> {
  readonly step: Step;
  readonly around: AroundStep;
  readonly onChange: (step: RouteStep) => void;
  readonly onLead: (exit: ExitName, next: string | undefined) => void;
  readonly onLeadToNew: (exit: ExitName, kind: RouteStep['kind']) => void;
}

export function StepForm(props: StepFormProps) {
  return (
    <div className="step-form">
      <KindForm {...props} />
      <Exits {...props} />
    </div>
  );
}

/** Those of a menu stand beside its choices. */
function Exits({ step, around, onLead, onLeadToNew }: StepFormProps) {
  const id = useId();
  const exits = exitsOf(step);
  if (step.kind === 'menu' || exits.length === 0) return null;
  return (
    <div className="form-grid">
      {exits.map((exit) => (
        <div key={exit.name} className="field">
          <label htmlFor={`${id}${exit.name}`}>{exitWords(step, exit)}</label>
          <ExitSelect
            {...around}
            id={`${id}${exit.name}`}
            next={exit.next}
            onLead={(next) => onLead(exit.name, next)}
            onLeadToNew={(kind) => onLeadToNew(exit.name, kind)}
          />
        </div>
      ))}
    </div>
  );
}

function KindForm({ step, ...rest }: StepFormProps) {
  const { onChange } = rest;
  switch (step.kind) {
    case 'greeting':
      return (
        <PromptField
          label={t('step.heard')}
          prompt={step.prompt}
          onChange={(prompt) => onChange({ ...step, prompt })}
        />
      );
    case 'hang-up':
      return (
        <PromptField
          label={t('step.heard')}
          prompt={step.prompt ?? []}
          none={t('step.silent-end')}
          onChange={(prompt) => onChange({ kind: 'hang-up', ...given('prompt', prompt.length ? prompt : undefined) })}
        />
      );
    case 'menu':
      return <MenuForm step={step} {...rest} />;
    case 'ring':
      return <RingForm step={step} {...rest} />;
    case 'responsible':
      return <RingSeconds step={step} onChange={onChange} />;
    case 'external':
      return <ExternalForm step={step} onChange={onChange} />;
    default:
      return <TargetForm step={step} onChange={onChange} />;
  }
}

type Timed = Extract<RouteStep, { readonly kind: 'responsible' | 'external' }>;
interface Changed<Step> {
  readonly step: Step;
  readonly onChange: (step: RouteStep) => void;
}

function RingSeconds({ step, onChange }: Changed<Timed>) {
  return (
    <NumberField
      label={t('ring.seconds')}
      value={step.ringS}
      min={3}
      max={300}
      onChange={(ringS) => onChange({ ...step, ringS })}
    />
  );
}

function ExternalForm({ step, onChange }: Changed<Extract<RouteStep, { readonly kind: 'external' }>>) {
  const trunks = useTrunks().data ?? [];
  const { kind, number, ringS, next } = step;
  const through = (id: string) =>
    onChange({
      kind,
      number,
      ringS,
      ...given('trunkId', id === '' ? undefined : trunkIdOf(id)),
      ...given('next', next),
    });
  return (
    <div className="form-grid">
      <InputField
        label={t('route.number')}
        type="tel"
        value={number}
        maxLength={32}
        required
        onChange={(event) => onChange({ ...step, number: event.target.value })}
      />
      <SelectField
        label={t('route.trunk')}
        value={step.trunkId ?? ''}
        onChange={(event) => through(event.target.value)}
      >
        <option value="">{t('step.any-trunk')}</option>
        {trunks.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <RingSeconds step={step} onChange={onChange} />
    </div>
  );
}

type Targeted = Extract<RouteStep, { readonly kind: 'hours' | 'queue' | 'voicemail' | 'plan' }>;

const targetKinds = { hours: 'calendars', queue: 'queues', voicemail: 'mailboxes', plan: 'route-plans' } as const;

function TargetForm({ step, onChange }: Changed<Targeted>) {
  const all = useOffice(targetKinds[step.kind]).data ?? [];
  const id = idOf(step);
  return (
    <SelectField
      label={t(`step.${step.kind}`)}
      value={id}
      onChange={(event) => onChange(aimed(step, event.target.value))}
    >
      {!all.some((one) => one.id === id) && <option value={id}>{t('many.gone')}</option>}
      {all.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </SelectField>
  );
}

function idOf(step: Targeted): string {
  if (step.kind === 'hours') return step.calendarId;
  if (step.kind === 'queue') return step.queueId;
  return step.kind === 'voicemail' ? step.mailboxId : step.planId;
}

function aimed(step: Targeted, id: string): RouteStep {
  switch (step.kind) {
    case 'hours':
      return { ...step, calendarId: calendarIdOf(id) };
    case 'queue':
      return { ...step, queueId: queueIdOf(id) };
    case 'voicemail':
      return { ...step, mailboxId: mailboxIdOf(id) };
    default:
      return { ...step, planId: routePlanIdOf(id) };
  }
}
