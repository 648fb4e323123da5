/** Mailboxes: whose they are, what callers hear, how long a message may be, and where it is announced by e-mail. */
import type { Mailbox } from '../../../../call-router/state/office';
import { groupIdOf, userIdOf } from '../../../../call-router/values/ids';
import { useOffice } from '../../api/office';
import { useStaff, useNameOf } from '../../api/people';
import { InputField, SelectField } from '../../parts/field';
import { textOrGap } from '../../parts/form';
import { NumberField } from '../../parts/number-field';
import { t } from '../../text/text';
import { NameField } from './name-field';
import { type DialogParts, ObjectDialog, ObjectPage } from './object-page';
import { PromptField, usePromptWords } from './prompt-field';

type Fields = Omit<Mailbox, 'id'>;
const newMailbox: Fields = { name: '', messageMaxS: 180 };

export default function Mailboxes() {
  const nameOf = useNameOf();
  const groups = useOffice('groups').data ?? [];
  const promptWords = usePromptWords();
  return (
    <ObjectPage
      kind="mailboxes"
      words={{
        title: t('settings.mailboxes'),
        why: t('mailboxes.why'),
        add: t('mailboxes.new'),
        none: t('mailboxes.none'),
        noneWhy: t('mailboxes.none-why'),
        removeWhy: t('mailboxes.remove-why'),
      }}
      heads={[t('mailboxes.whose'), t('mailboxes.greeting'), t('card.email')]}
      cells={({ userId, groupId, greeting, email }) => (
        <>
          <td>{nameOf(userId) ?? groups.find(({ id }) => id === groupId)?.name ?? ''}</td>
          <td className="table-wide">{greeting ? promptWords(greeting) : ''}</td>
          <td>{email ?? ''}</td>
        </>
      )}
      dialog={(mailbox, onClose) => (
        <ObjectDialog<Fields>
          kind="mailboxes"
          id={mailbox?.id}
          saved={mailbox ?? newMailbox}
          title={mailbox?.name ?? t('mailboxes.new')}
          onClose={onClose}
        >
          {(parts) => <MailboxFields {...parts} />}
        </ObjectDialog>
      )}
    />
  );
}

function MailboxFields({ draft, change, wrong }: DialogParts<Fields>) {
  return (
    <>
      <NameField name={draft.name} wrong={wrong} onChange={change} />
      <OwnerField
        draft={draft}
        wrong={wrong('userId') ?? wrong('groupId')}
        onChange={(owner) => change({ userId: undefined, groupId: undefined, ...owner })}
      />
      <PromptField
        label={t('mailboxes.greeting')}
        prompt={draft.greeting ?? []}
        none={t('mailboxes.own-greeting')}
        wrong={wrong('greeting')}
        onChange={(greeting) => change({ greeting: greeting.length === 0 ? undefined : greeting })}
      />
      <NumberField
        label={t('mailboxes.longest')}
        value={draft.messageMaxS}
        min={5}
        max={1800}
        onChange={(messageMaxS) => change({ messageMaxS })}
      />
      <InputField
        label={t('mailboxes.email')}
        type="email"
        maxLength={254}
        hint={t('mailboxes.email-rule')}
        value={draft.email ?? ''}
        wrong={wrong('email')}
        onChange={(event) => change({ email: textOrGap(event.target.value) })}
      />
    </>
  );
}

type Owner = Pick<Fields, 'userId'> | Pick<Fields, 'groupId'>;

interface OwnerFieldProps {
  readonly draft: { readonly userId?: string | undefined; readonly groupId?: string | undefined };
  readonly wrong: string | undefined;
  readonly onChange: (owner: Owner) => void;
}

function OwnerField({ draft: { userId, groupId }, wrong, onChange }: OwnerFieldProps) {
  const people = useStaff().data ?? [];
  const groups = useOffice('groups').data ?? [];
  const choose = (value: string) => {
    const id = value.slice(2);
    onChange(value.startsWith('g') ? { groupId: groupIdOf(id) } : { userId: userIdOf(id) });
  };
  return (
    <SelectField
      label={t('mailboxes.whose')}
      required
      hint={t('mailboxes.whose-rule')}
      wrong={wrong}
      value={userId ? `u:${userId}` : groupId ? `g:${groupId}` : ''}
      onChange={(event) => choose(event.target.value)}
    >
      {!userId && !groupId && <option value="">{t('route.choose')}</option>}
      {groups.length > 0 && (
        <optgroup label={t('settings.groups')}>
          {groups.map(({ id, name }) => (
            <option key={id} value={`g:${id}`}>
              {name}
            </option>
          ))}
        </optgroup>
      )}
      <optgroup label={t('settings.people')}>
        {people.map(({ id, name }) => (
          <option key={id} value={`u:${id}`}>
            {name}
          </option>
        ))}
      </optgroup>
    </SelectField>
  );
}
