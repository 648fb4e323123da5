/** One queue: its agents, how they are rung, what callers hear while they wait, and where they go when it takes too long. */
import type { Queue } from '../../../../../call-router/state/office';
import { soundIdOf } from '../../../../../call-router/values/ids';
import { useOffice } from '../../../api/office';
import { Check } from '../../../parts/check';
import type { Editing } from '../../../parts/draft';
import { InputField, SelectField } from '../../../parts/field';
import { textOrGap } from '../../../parts/form';
import { NumberField } from '../../../parts/number-field';
import { FormSection, PageForm } from '../../../parts/page-form';
import { t } from '../../../text/text';
import { EditHead, Edited, useObjectForm } from '../edited';
import { PromptField } from '../prompt-field';
import { RouteField } from '../route-field';
import { LiveLine } from './live-line';
import { Members } from './members';
import { PriorityField } from './priority-field';

type Fields = Omit<Queue, 'id'>;

const strategies = ['longest-idle', 'all', 'fewest-calls', 'round-robin', 'in-order', 'skills'] as const;

const newQueue: Fields = {
  name: '',
  strategy: 'longest-idle',
  members: [],
  ringS: 20,
  wrapUpS: 0,
  missesMax: 3,
  callsMax: 50,
  waitMaxS: 900,
  ringsBusy: false,
  announce: { everyS: 60, position: true, wait: false },
  serviceLevelS: 20,
  priorityCardIds: [],
};

export default function QueuePage() {
  return <Edited kind="queues">{(saved) => <QueueForm key={saved?.id ?? 'new'} saved={saved} />}</Edited>;
}

function QueueForm({ saved }: { readonly saved: Queue | undefined }) {
  const { editing, wrong, form } = useObjectForm<Fields>({
    kind: 'queues',
    list: 'queues',
    id: saved?.id,
    saved: saved ?? newQueue,
  });
  const { draft, change } = editing;
  const parts = { ...editing, wrong };
  return (
    <>
      <EditHead list="queues" listName={t('settings.queues')} title={saved?.name ?? t('queue.new')}>
        {saved && <LiveLine id={saved.id} />}
      </EditHead>
      <PageForm {...form}>
        <div className="form-pair form-dense">
          <RingFields {...parts} isNew={saved === undefined} />
          <WaitingFields {...parts} />
        </div>
        <FormSection title={t('queue.members')} why={t('queue.members-why')}>
          <Members
            queueId={saved?.id}
            members={draft.members}
            strategy={draft.strategy}
            wrong={wrong('members')}
            onChange={(members) => change({ members })}
          />
        </FormSection>
        <div className="form-pair form-dense">
          <LimitFields {...parts} />
          <FormSection title={t('queue.priority')} why={t('queue.priority-why')}>
            <PriorityField ids={draft.priorityCardIds} onChange={(priorityCardIds) => change({ priorityCardIds })} />
          </FormSection>
        </div>
      </PageForm>
    </>
  );
}

type PartProps = Editing<Fields> & { readonly wrong: (field: string) => string | undefined };

function RingFields({ draft, change, wrong, isNew }: PartProps & { readonly isNew: boolean }) {
  return (
    <FormSection title={t('queue.ringing')}>
      <div className="form-grid">
        <InputField
          label={t('card.name')}
          value={draft.name}
          maxLength={100}
          required
          autoFocus={isNew}
          placeholder={t('groups.example')}
          wrong={wrong('name')}
          onChange={(event) => change({ name: event.target.value })}
        />
        <StrategyFields draft={draft} change={change} wrong={wrong} />
        <NumberField
          label={t('queue.ring')}
          value={draft.ringS}
          min={3}
          max={300}
          onChange={(ringS) => change({ ringS })}
        />
        <NumberField
          label={t('queue.wrap-up')}
          value={draft.wrapUpS}
          min={0}
          max={3600}
          onChange={(wrapUpS) => change({ wrapUpS })}
        />
        <NumberField
          label={t('queue.misses')}
          value={draft.missesMax}
          min={0}
          max={100}
          hint={t('queue.misses-rule')}
          onChange={(missesMax) => change({ missesMax })}
        />
      </div>
      <Check label={t('queue.rings-busy')} checked={draft.ringsBusy} onChange={(ringsBusy) => change({ ringsBusy })} />
    </FormSection>
  );
}

function StrategyFields({ draft, change, wrong }: Pick<PartProps, 'draft' | 'change' | 'wrong'>) {
  return (
    <>
      <SelectField
        label={t('queue.strategy')}
        value={draft.strategy}
        hint={t(`strategy-why.${draft.strategy}`)}
        onChange={({ target: { value } }) =>
          change({ strategy: strategies.find((each) => each === value) ?? 'longest-idle' })
        }
      >
        {strategies.map((strategy) => (
          <option key={strategy} value={strategy}>
            {t(`strategy.${strategy}`)}
          </option>
        ))}
      </SelectField>
      {draft.strategy === 'skills' && (
        <InputField
          label={t('queue.skill')}
          value={draft.skill ?? ''}
          maxLength={60}
          required
          placeholder={t('queue.skills-example')}
          wrong={wrong('skill')}
          onChange={(event) => change({ skill: textOrGap(event.target.value) })}
        />
      )}
    </>
  );
}

function WaitingFields({ draft, change, wrong }: PartProps) {
  const { announce } = draft;
  return (
    <FormSection title={t('queue.waiting')}>
      <div className="form-stack">
        <PromptField
          label={t('queue.greeting')}
          prompt={draft.greeting ?? []}
          none={t('queue.own-greeting')}
          wrong={wrong('greeting')}
          onChange={(greeting) => change({ greeting: greeting.length === 0 ? undefined : greeting })}
        />
        <div className="form-grid">
          <MusicField draft={draft} change={change} wrong={wrong} />
          <InputField
            label={t('queue.callback')}
            value={draft.callbackDigit ?? ''}
            pattern="[0-9*#]"
            maxLength={1}
            className="input num"
            placeholder={t('queue.no-callback')}
            hint={t('queue.callback-rule')}
            wrong={wrong('callbackDigit')}
            onChange={(event) => change({ callbackDigit: textOrGap(event.target.value) })}
          />
          <NumberField
            label={t('queue.announce-every')}
            value={announce.everyS}
            min={0}
            max={3600}
            hint={t('queue.announce-rule')}
            onChange={(everyS) => change({ announce: { ...announce, everyS } })}
          />
        </div>
        <div className="check-row">
          <Check
            label={t('queue.announce-position')}
            checked={announce.position}
            onChange={(position) => change({ announce: { ...announce, position } })}
          />
          <Check
            label={t('queue.announce-wait')}
            checked={announce.wait}
            onChange={(wait) => change({ announce: { ...announce, wait } })}
          />
        </div>
      </div>
    </FormSection>
  );
}

function MusicField({ draft, change, wrong }: Pick<PartProps, 'draft' | 'change' | 'wrong'>) {
  const music = (useOffice('sounds').data ?? []).filter(({ kind }) => kind === 'music');
  return (
    <SelectField
      label={t('queue.music')}
      value={draft.musicId ?? ''}
      wrong={wrong('musicId')}
      onChange={({ target: { value } }) => change({ musicId: value === '' ? undefined : soundIdOf(value) })}
    >
      <option value="">{t('queue.own-music')}</option>
      {music.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

function LimitFields({ draft, change, wrong }: PartProps) {
  return (
    <FormSection title={t('queue.limits')}>
      <div className="form-grid">
        <NumberField
          label={t('queue.calls')}
          value={draft.callsMax}
          min={1}
          max={1000}
          onChange={(callsMax) => change({ callsMax })}
        />
        <NumberField
          label={t('queue.wait')}
          value={draft.waitMaxS}
          min={1}
          max={86_400}
          onChange={(waitMaxS) => change({ waitMaxS })}
        />
        <NumberField
          label={t('queue.service-level')}
          value={draft.serviceLevelS}
          min={1}
          max={3600}
          hint={t('queue.service-level-rule')}
          onChange={(serviceLevelS) => change({ serviceLevelS })}
        />
      </div>
      <RouteField
        label={t('queue.overflow')}
        route={draft.overflow}
        none={t('queue.no-overflow')}
        hint={t('queue.overflow-rule')}
        wrong={wrong('overflow')}
        onChange={(overflow) => change({ overflow })}
      />
    </FormSection>
  );
}
