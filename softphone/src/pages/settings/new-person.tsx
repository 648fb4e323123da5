/** The dialog that adds a person, invites them where they choose their own password, and then opens their page. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Invitation, User } from '../../../../server/api/messages';
import { useInvite, useSavePerson } from '../../api/people';
import { problemWords } from '../../api/problem';
import { notify } from '../../frame/notices';
import { Dialog } from '../../parts/dialog';
import { Form } from '../../parts/form';
import { t } from '../../text/text';
import { Invited } from './invited';
import { PersonFields, personOf } from './person-fields';

interface Made {
  readonly person: User;
  readonly invitation: Invitation;
}

export function NewPerson({ onClose }: { readonly onClose: () => void }) {
  const save = useSavePerson(undefined);
  const invite = useInvite();
  const go = useNavigate();
  const [made, setMade] = useState<Made>();
  const open = ({ id }: User) => void go(`/settings/people/${id}`);
  const added = (person: User, isInvited: boolean) => {
    if (!isInvited) return open(person);
    return invite.mutate(person.id, {
      onSuccess: (invitation) => setMade({ person, invitation }),
      onError: (error) => {
        notify('failed', problemWords(error));
        open(person);
      },
    });
  };
  const sent = (fields: FormData) =>
    save.mutate(personOf(fields, 'new'), {
      onSuccess: (person) => added(person, fields.get('access') === 'invitation'),
    });
  if (made) return <Invited {...made} onClose={() => open(made.person)} />;
  return (
    <Dialog title={t('people.new')} width="wide" onClose={onClose}>
      <Form
        onSubmit={sent}
        submit={t('action.add')}
        busy={save.isPending || invite.isPending}
        error={save.error}
        onCancel={onClose}
      >
        <PersonFields error={save.error} />
      </Form>
    </Dialog>
  );
}
