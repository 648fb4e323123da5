/** How my calls reach me: do not disturb, forwarding, and for agents the queues and the pause. In force at once. */
import type { Me } from '../../../server/api/messages';
import { useFeature, useMe } from '../api/me';
import { usePerson, useSetPerson } from '../api/person';
import { problemWords } from '../api/problem';
import { notify } from '../frame/notices';
import { PageHead } from '../frame/page-head';
import { Empty, Failed, Loading } from '../parts/states';
import { MyQueues } from '../person/my-queues';
import { ForwardForm } from '../person/forward-form';
import { PreferencesForm } from '../person/preferences-form';
import { t } from '../text/text';

export default function MyCalls() {
  const me = useMe().data;
  return (
    <>
      <PageHead title={t('me.title')} />
      {me?.id === undefined ? (
        <Empty title={t('me.nobody')}>{t('me.nobody-why')}</Empty>
      ) : (
        <Mine me={me} userId={me.id} />
      )}
    </>
  );
}

function Mine({ me, userId }: { readonly me: Me; readonly userId: string }) {
  const person = usePerson(userId);
  const forwards = useFeature('forwarding');
  if (person.isPending) return <Loading />;
  if (!person.data) return <Failed error={person.error} retry={() => void person.refetch()} />;
  return (
    <div className="page-body me">
      <div className="me-part">
        <DoNotDisturb userId={userId} />
        {forwards && <ForwardForm userId={userId} person={person.data} />}
      </div>
      <MyQueues userId={userId} person={person.data} />
      <PreferencesForm me={me} />
    </div>
  );
}

function DoNotDisturb({ userId }: { readonly userId: string }) {
  const person = usePerson(userId).data;
  const set = useSetPerson(userId);
  if (!person) return null;
  return (
    <label className="check me-quiet">
      <input
        type="checkbox"
        checked={set.isPending ? (set.variables?.doNotDisturb ?? false) : person.doNotDisturb}
        onChange={(event) =>
          set.mutate(
            { ...person, doNotDisturb: event.target.checked },
            { onError: (error) => notify('failed', problemWords(error)) },
          )
        }
      />
      <span>
        {t('me.do-not-disturb')}
        <span className="field-hint"> {t('me.do-not-disturb-why')}</span>
      </span>
    </label>
  );
}
