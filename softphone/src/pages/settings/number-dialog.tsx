/** The form of a number of ours: which it is, where its calls go, what is made of an unknown caller. */
import type { Language, Route } from '../../../../call-router/state/office';
import { userIdOf } from '../../../../call-router/values/ids';
import type { OwnNumber } from '../../../../server/api/messages';
import { useStaff } from '../../api/people';
import { useFeature } from '../../api/me';
import { fieldProblem } from '../../api/problem';
import { useSaveSetting, useTrunks } from '../../api/settings';
import { notify } from '../../frame/notices';
import { Check } from '../../parts/check';
import { Dialog } from '../../parts/dialog';
import { type Draft, type Editing, useDraft } from '../../parts/draft';
import { InputField, SelectField } from '../../parts/field';
import { Form, textOrGap } from '../../parts/form';
import { Loading } from '../../parts/states';
import { t } from '../../text/text';
import { wrongOwnNumber } from './checks';
import { LanguageSelect } from './language-select';
import { PersonSelect } from './person-select';
import { RouteField } from './route-field';

const kinds = ['rented', 'mobile', 'office'] as const;
const makes = ['lead', 'contact', 'nothing'] as const;

type Fields = Omit<OwnNumber, 'id' | 'createdAt' | 'isVerified'>;

interface NumberDialogProps {
  readonly number: OwnNumber | undefined;
  readonly onClose: () => void;
}

/** A new number begins with the first trunk and person, which must be known by then. */
export function NumberDialog({ number, onClose }: NumberDialogProps) {
  const trunks = useTrunks();
  const colleagues = useStaff();
  return (
    <Dialog title={t(number ? 'numbers.edit' : 'numbers.new')} onClose={onClose} width="wide">
      {trunks.isPending || colleagues.isPending ? (
        <Loading />
      ) : (
        <NumberForm
          id={number?.id}
          saved={number ?? newNumber(trunks.data?.[0]?.id, colleagues.data?.[0]?.id)}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

function newNumber(trunkId: string | undefined, userId: string | undefined): Draft<Fields> {
  const route: Route =
    userId === undefined ? { to: 'ringGroup', userIds: [] } : { to: 'user', userId: userIdOf(userId) };
  return { number: '', kind: 'rented', trunkId, route, makes: 'lead', isCallThrough: false };
}

interface NumberFormProps {
  readonly id: string | undefined;
  readonly saved: Draft<Fields>;
  readonly onClose: () => void;
}

function NumberForm({ id, saved, onClose }: NumberFormProps) {
  const save = useSaveSetting('numbers', id);
  const editing = useDraft<Fields>(saved);
  const sent = () =>
    save.mutate(id ? editing.toPatch() : editing.toCreate(), {
      onSuccess: () => {
        onClose();
        notify('done', t('card.saved'));
      },
    });
  const parts = { ...editing, wrong: (field: string) => fieldProblem(save.error, field) };
  return (
    <Form onSubmit={sent} submit={t('action.save')} busy={save.isPending} error={save.error} onCancel={onClose}>
      <div className="form-columns">
        <WhichFields {...parts} />
        <GoingFields {...parts} />
        <CallerFields {...parts} />
      </div>
    </Form>
  );
}

type PartProps = Editing<Fields> & { readonly wrong: (field: string) => string | undefined };

function WhichFields({ draft, change, wrong }: PartProps) {
  const trunks = useTrunks().data ?? [];
  return (
    <>
      <InputField
        label={t('numbers.number')}
        value={draft.number}
        maxLength={64}
        required
        autoFocus
        check={wrongOwnNumber}
        hint={t('numbers.number-rule')}
        wrong={wrong('number')}
        onChange={(event) => change({ number: event.target.value })}
      />
      <InputField
        label={t('card.name')}
        value={draft.name ?? ''}
        maxLength={100}
        hint={t('numbers.name-rule')}
        wrong={wrong('name')}
        onChange={(event) => change({ name: textOrGap(event.target.value) })}
      />
      <KindField draft={draft} change={change} wrong={wrong} />
      <SelectField
        label={t('numbers.trunk')}
        value={draft.trunkId ?? ''}
        wrong={wrong('trunkId')}
        onChange={(event) => change({ trunkId: textOrGap(event.target.value) })}
      >
        <option value="">–</option>
        {trunks.map((trunk) => (
          <option key={trunk.id} value={trunk.id}>
            {trunk.name}
          </option>
        ))}
      </SelectField>
      {draft.kind === 'mobile' && (
        <PersonSelect
          label={t('numbers.owner')}
          none={t('card.nobody')}
          value={draft.ownerUserId}
          hint={t('numbers.owner-rule')}
          wrong={wrong('ownerUserId')}
          onChange={(ownerUserId) => change({ ownerUserId })}
        />
      )}
    </>
  );
}

function KindField({ draft, change, wrong }: Pick<PartProps, 'draft' | 'change' | 'wrong'>) {
  const mobiles = useFeature('mobiles');
  const shownKinds = kinds.filter((kind) => mobiles || kind !== 'mobile' || draft.kind === kind);
  return (
    <SelectField
      label={t('numbers.kind')}
      value={draft.kind}
      wrong={wrong('kind')}
      onChange={(event) => change({ kind: kinds.find((kind) => kind === event.target.value) ?? 'rented' })}
    >
      {shownKinds.map((kind) => (
        <option key={kind} value={kind}>
          {t(`number-kind.${kind}`)}
        </option>
      ))}
    </SelectField>
  );
}

function GoingFields({ draft, change, wrong }: PartProps) {
  return (
    <>
      <RouteField
        label={t('numbers.route')}
        route={draft.route}
        wrong={wrong('route')}
        onChange={(route) => route && change({ route })}
      />
      <RouteField
        label={t('numbers.fallback')}
        route={draft.fallback}
        none={t('numbers.no-fallback')}
        hint={t('numbers.fallback-rule')}
        wrong={wrong('fallback')}
        onChange={(fallback) => change({ fallback })}
      />
      <LanguageSelect
        label={t('numbers.language')}
        none={t('numbers.language-office')}
        value={draft.language}
        hint={t('numbers.language-rule')}
        onChange={(language: Language | undefined) => change({ language })}
      />
      <PersonSelect
        label={t('numbers.duty')}
        none={t('card.nobody')}
        value={draft.dutyUserId}
        hint={t('numbers.duty-rule')}
        wrong={wrong('dutyUserId')}
        onChange={(dutyUserId) => change({ dutyUserId })}
      />
    </>
  );
}

/** What is made of an unknown caller, and how to call out from the number. */
function CallerFields({ draft, change, wrong }: PartProps) {
  const mobiles = useFeature('mobiles');
  return (
    <>
      <SelectField
        label={t('numbers.makes')}
        value={draft.makes}
        onChange={(event) => change({ makes: makes.find((each) => each === event.target.value) ?? 'lead' })}
      >
        {makes.map((each) => (
          <option key={each} value={each}>
            {t(`makes.${each}`)}
          </option>
        ))}
      </SelectField>
      <InputField
        label={t('lead.source')}
        value={draft.source ?? ''}
        maxLength={200}
        hint={t('numbers.source-rule')}
        wrong={wrong('source')}
        onChange={(event) => change({ source: textOrGap(event.target.value) })}
      />
      <InputField
        label={t('numbers.line')}
        value={draft.line ?? ''}
        pattern="0[1-9]|[1-9][0-9]"
        maxLength={2}
        placeholder="01"
        hint={t('numbers.line-rule')}
        wrong={wrong('line')}
        onChange={(event) => change({ line: textOrGap(event.target.value) })}
      />
      {mobiles && draft.kind !== 'mobile' && (
        <Check
          label={t('numbers.call-through')}
          hint={t('numbers.call-through-rule')}
          checked={draft.isCallThrough}
          onChange={(isCallThrough) => change({ isCallThrough })}
        />
      )}
    </>
  );
}
