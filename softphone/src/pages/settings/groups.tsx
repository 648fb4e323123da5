/** Groups of people: who rings together in a route, intercepts each other's calls, and who heads them. */
import { useState } from 'react';
import type { Group } from '../../../../call-router/state/office';
import { userIdOf } from '../../../../call-router/values/ids';
import { useOffice, useRemoveOffice, useSaveOffice } from '../../api/office';
import { useColleagues, useNameOf } from '../../api/people';
import { fieldProblem } from '../../api/problem';
import { notify } from '../../frame/notices';
import { Button } from '../../parts/button';
import { Check } from '../../parts/check';
import { Dialog } from '../../parts/dialog';
import { useDraft } from '../../parts/draft';
import { InputField } from '../../parts/field';
import { Form } from '../../parts/form';
import { ManyField } from '../../parts/many-field';
import { RemoveButton } from '../../parts/remove-button';
import { Table } from '../../parts/table';
import { t } from '../../text/text';
import { PersonSelect } from './person-select';
import { SettingsHead } from './settings-head';

export default function Groups() {
  const groups = useOffice('groups');
  const remove = useRemoveOffice('groups');
  const nameOf = useNameOf();
  const [edited, setEdited] = useState<Group | 'new'>();
  return (
    <>
      <SettingsHead title={t('settings.groups')} why={t('groups.why')}>
        <Button look="main" icon="plus" onClick={() => setEdited('new')}>
          {t('groups.new')}
        </Button>
      </SettingsHead>
      <Table
        label={t('settings.groups')}
        query={groups}
        heads={[t('card.name'), t('groups.people'), t('groups.head'), t('groups.pickup'), '']}
        empty={t('groups.none')}
        emptyWhy={t('groups.none-why')}
        row={(group) => (
          <tr key={group.id}>
            <td>
              <button type="button" className="link" onClick={() => setEdited(group)}>
                {group.name}
              </button>
            </td>
            <td className="table-wide">{group.userIds.map((id) => nameOf(id) ?? '…').join(', ')}</td>
            <td>{nameOf(group.headUserId) ?? ''}</td>
            <td>{group.isPickupGroup ? t('word.yes') : ''}</td>
            <td className="table-action">
              <RemoveButton name={group.name} text={t('groups.remove-why')} remove={remove} id={group.id} />
            </td>
          </tr>
        )}
      />
      {edited && <GroupDialog group={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}

type Fields = Omit<Group, 'id'>;
const newGroup: Fields = { name: '', userIds: [], isPickupGroup: false };

function GroupDialog({ group, onClose }: { readonly group: Group | undefined; readonly onClose: () => void }) {
  const save = useSaveOffice('groups', group?.id);
  const people = useColleagues().data ?? [];
  const { draft, change, toCreate, toPatch } = useDraft<Fields>(group ?? newGroup);
  const done = () => {
    onClose();
    notify('done', t('card.saved'));
  };
  return (
    <Dialog title={group ? group.name : t('groups.new')} onClose={onClose}>
      <Form
        onSubmit={() => save.mutate(group ? toPatch() : toCreate(), { onSuccess: done })}
        submit={t('action.save')}
        busy={save.isPending}
        error={save.error}
        onCancel={onClose}
      >
        <InputField
          label={t('card.name')}
          value={draft.name}
          maxLength={100}
          required
          autoFocus
          placeholder={t('groups.example')}
          wrong={fieldProblem(save.error, 'name')}
          onChange={(event) => change({ name: event.target.value })}
        />
        <ManyField
          label={t('groups.people')}
          chosen={draft.userIds}
          options={people}
          none={t('groups.nobody')}
          wrong={fieldProblem(save.error, 'userIds')}
          onChange={(ids) => change({ userIds: ids.map(userIdOf) })}
        />
        <PersonSelect
          label={t('groups.head')}
          none={t('card.nobody')}
          value={draft.headUserId}
          hint={t('groups.head-rule')}
          wrong={fieldProblem(save.error, 'headUserId')}
          onChange={(id) => change({ headUserId: id === undefined ? undefined : userIdOf(id) })}
        />
        <Check
          label={t('groups.pickup')}
          hint={t('groups.pickup-rule')}
          checked={draft.isPickupGroup}
          onChange={(isPickupGroup) => change({ isPickupGroup })}
        />
      </Form>
    </Dialog>
  );
}
