/** The form of a step that rings people: who, in which order, and how long. */
import type { RouteStep } from '../../../../../call-router/state/office';
import { groupIdOf, userIdOf } from '../../../../../call-router/values/ids';
import { useOffice } from '../../../api/office';
import { useStaff } from '../../../api/people';
import { IconButton } from '../../../parts/button';
import { SelectField } from '../../../parts/field';
import { NumberField } from '../../../parts/number-field';
import { t } from '../../../text/text';
import { given } from './step-exits';
import type { StepFormProps } from './step-form';

type RingStep = Extract<RouteStep, { readonly kind: 'ring' }>;
type Target = RingStep['targets'][number];

const orders = ['all', 'in-order', 'delayed'] as const;
const delayMax = 300;

export function RingForm({ step, onChange }: StepFormProps<RingStep>) {
  return (
    <>
      <div className="form-grid">
        <SelectField
          label={t('ring.order')}
          value={step.order}
          onChange={(event) => onChange({ ...step, order: orders.find((one) => one === event.target.value) ?? 'all' })}
        >
          {orders.map((order) => (
            <option key={order} value={order}>
              {t(`ring-order.${order}`)}
            </option>
          ))}
        </SelectField>
        <NumberField
          label={t(step.order === 'in-order' ? 'ring.seconds-each' : 'ring.seconds')}
          value={step.ringS}
          min={3}
          max={300}
          onChange={(ringS) => onChange({ ...step, ringS })}
        />
      </div>
      <Targets step={step} onChange={onChange} />
    </>
  );
}

function Targets({ step, onChange }: Pick<StepFormProps<RingStep>, 'step' | 'onChange'>) {
  const people = useStaff().data ?? [];
  const groups = useOffice('groups').data ?? [];
  const { targets, order } = step;
  const put = (next: readonly Target[]) => onChange({ ...step, targets: next });
  const nameOf = ({ userId, groupId }: Target) =>
    (groupId ? groups : people).find(({ id }) => id === (groupId ?? userId))?.name ?? t('many.gone');
  const add = (value: string) => {
    const id = value.slice(2);
    put([...targets, value.startsWith('g') ? { groupId: groupIdOf(id) } : { userId: userIdOf(id) }]);
  };
  return (
    <fieldset className="field">
      <legend>{t('route.people')}</legend>
      {targets.map((target, place) => (
        <TargetLine
          key={target.userId ?? target.groupId}
          target={target}
          name={nameOf(target)}
          hasDelay={order === 'delayed'}
          onChange={(next) => put(targets.map((each) => (each === target ? next : each)))}
          onUp={place === 0 ? undefined : () => put(movedUp(targets, place))}
          onRemove={() => put(targets.filter((each) => each !== target))}
        />
      ))}
      <select
        className="input select many-add"
        aria-label={t('many.add', { what: t('route.people') })}
        value=""
        onChange={(event) => event.target.value !== '' && add(event.target.value)}
      >
        <option value="">{t('many.choose')}</option>
        {groups
          .filter(({ id }) => !targets.some(({ groupId }) => groupId === id))
          .map(({ id, name }) => (
            <option key={id} value={`g:${id}`}>
              {t('ring.group', { name })}
            </option>
          ))}
        {people
          .filter(({ id }) => !targets.some(({ userId }) => userId === id))
          .map(({ id, name }) => (
            <option key={id} value={`u:${id}`}>
              {name}
            </option>
          ))}
      </select>
    </fieldset>
  );
}

interface TargetLineProps {
  readonly target: Target;
  readonly name: string;
  readonly hasDelay: boolean;
  readonly onChange: (target: Target) => void;
  readonly onUp: (() => void) | undefined;
  readonly onRemove: () => void;
}

function TargetLine({ target, name, hasDelay, onChange, onUp, onRemove }: TargetLineProps) {
  return (
    <div className="target-line">
      <span className="target-name">
        {name} {target.groupId && <span className="kind">{t('word.group')}</span>}
      </span>
      {hasDelay && (
        <label className="target-delay">
          {t('ring.after')}
          <input
            type="number"
            className="input num"
            min={0}
            max={delayMax}
            required
            value={target.delayS ?? 0}
            onChange={(event) => onChange(delayed(target, event.target.valueAsNumber))}
          />
        </label>
      )}
      <IconButton icon="up" label={t('action.move-up', { name })} disabled={!onUp} onClick={onUp} />
      <IconButton icon="close" label={t('many.remove', { name })} onClick={onRemove} />
    </div>
  );
}

function delayed({ userId, groupId }: Target, delayS: number): Target {
  const whole = Number.isInteger(delayS) ? Math.min(delayMax, Math.max(0, delayS)) : 0;
  return { ...given('userId', userId), ...given('groupId', groupId), delayS: whole };
}

function movedUp(targets: readonly Target[], place: number): readonly Target[] {
  const above = targets[place - 1];
  const here = targets[place];
  if (!above || !here) return targets;
  return targets.map((target, at) => (at === place - 1 ? here : at === place ? above : target));
}
