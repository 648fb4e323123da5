/** The dialog that adds a person, and then opens their page, where phones are added. */
import { useNavigate } from 'react-router';
import { useSavePerson } from '../../api/people';
import { Dialog } from '../../parts/dialog';
import { Form } from '../../parts/form';
import { t } from '../../text/text';
import { PersonFields, personOf } from './person-fields';

export function NewPerson({ onClose }: { readonly onClose: () => void }) {
  const save = useSavePerson(undefined);
  const go = useNavigate();
  const sent = (fields: FormData) =>
    save.mutate(personOf(fields, 'new'), { onSuccess: (person) => void go(`/settings/people/${person.id}`) });
  return (
    <Dialog title={t('people.new')} width="wide" onClose={onClose}>
      <Form onSubmit={sent} submit={t('action.add')} busy={save.isPending} error={save.error} onCancel={onClose}>
        <PersonFields error={save.error} />
      </Form>
    </Dialog>
  );
}
