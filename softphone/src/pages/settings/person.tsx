/** One person of the office: their account, and their phones. */
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { User } from '../../../../server/api/messages';
import { useMe } from '../../api/me';
import { useInvite, usePeople, useSavePerson } from '../../api/people';
import { problemWords } from '../../api/problem';
import { notify } from '../../frame/notices';
import { useWindowTitle } from '../../frame/page-head';
import { Button } from '../../parts/button';
import { Form } from '../../parts/form';
import { Icon } from '../../parts/icon';
import { Empty, Failed, Loading } from '../../parts/states';
import { t } from '../../text/text';
import { Devices } from './devices';
import { Dismiss } from './dismiss';
import { Invited } from './invited';
import { PersonFields, personOf } from './person-fields';

export default function Person() {
  const { id = '' } = useParams();
  const people = usePeople();
  const person = people.data?.find((each) => each.id === id);
  if (people.isPending) return <Loading />;
  if (!people.data) return <Failed error={people.error} retry={() => void people.refetch()} />;
  return person ? <Loaded key={id} person={person} /> : <Empty title={t('state.gone')}>{t('state.gone-why')}</Empty>;
}

function Loaded({ person }: { readonly person: User }) {
  const save = useSavePerson(person.id);
  useWindowTitle(person.name);
  const change = (fields: object) =>
    save.mutate(fields, {
      onSuccess: () => notify('done', t('card.saved')),
      onError: (error) => notify('failed', problemWords(error)),
    });
  return (
    <>
      <p className="crumb">
        <Link to="/settings/people">
          <Icon name="back" /> {t('settings.people')}
        </Link>
      </p>
      <div className="settings-head">
        <div>
          <h1>{person.name}</h1>
          <p className="dim">{t(person.disabled ? 'people.disabled-why' : `role.${person.role}`)}</p>
        </div>
        <Access person={person} />
      </div>
      <div className="settings-columns">
        <Form
          onSubmit={(fields) => change(personOf(fields, 'change'))}
          submit={t('action.save')}
          busy={save.isPending}
          error={save.error}
        >
          <PersonFields person={person} error={save.error} />
        </Form>
        {!person.disabled && <Devices userId={person.id} />}
      </div>
    </>
  );
}

/** Letting somebody in, and out. */
function Access({ person }: { readonly person: User }) {
  const save = useSavePerson(person.id);
  const invite = useInvite();
  const isMe = useMe().data?.id === person.id;
  const [isLeaving, setLeaving] = useState(false);
  const failed = { onError: (error: unknown) => notify('failed', problemWords(error)) };
  return (
    <div className="settings-actions">
      {person.disabled && !isLeaving ? (
        <Button busy={save.isPending} onClick={() => save.mutate({ disabled: false }, failed)}>
          {t('people.enable')}
        </Button>
      ) : (
        <>
          <Button busy={invite.isPending} onClick={() => invite.mutate(person.id, failed)}>
            {t('invite.again')}
          </Button>
          {!isMe && (
            <Button look="danger" onClick={() => setLeaving(true)}>
              {t('dismiss.button')}
            </Button>
          )}
        </>
      )}
      {invite.data && <Invited person={person} invitation={invite.data} onClose={invite.reset} />}
      {isLeaving && <Dismiss person={person} onClose={() => setLeaving(false)} />}
    </div>
  );
}
