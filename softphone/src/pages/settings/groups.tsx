/** Groups of people: who rings together in a route, intercepts each other's calls, and who heads them. */
import type { Group } from '../../../../call-router/state/office';
import { userIdOf } from '../../../../call-router/values/ids';
import { useFeature } from '../../api/me';
import { useNameOf, useStaff } from '../../api/people';
import { Check } from '../../parts/check';
import { ManyField } from '../../parts/many-field';
import { t } from '../../text/text';
import { NameField } from './name-field';
import { ObjectDialog, ObjectPage } from './object-page';
import { PersonSelect } from './person-select';

type Fields = Omit<Group, 'id'>;
const newGroup: Fields = { name: '', userIds: [], isPickupGroup: false };

export default function Groups() {
  const nameOf = useNameOf();
  return (
    <ObjectPage
      kind="groups"
      words={{
        title: t('settings.groups'),
        why: t('groups.why'),
        add: t('groups.new'),
        none: t('groups.none'),
        noneWhy: t('groups.none-why'),
        removeWhy: t('groups.remove-why'),
      }}
      heads={[t('groups.people'), t('groups.head'), t('groups.pickup')]}
      cells={({ userIds, headUserId, isPickupGroup }) => (
        <>
          <td className="table-wide">{userIds.map((id) => nameOf(id) ?? '…').join(', ')}</td>
          <td>{nameOf(headUserId) ?? ''}</td>
          <td>{isPickupGroup ? t('word.yes') : ''}</td>
        </>
      )}
      dialog={(group, onClose) => <GroupDialog group={group} onClose={onClose} />}
    />
  );
}

function GroupDialog({ group, onClose }: { readonly group: Group | undefined; readonly onClose: () => void }) {
  const people = useStaff().data ?? [];
  const picksUp = useFeature('pickup');
  const title = group?.name ?? t('groups.new');
  return (
    <ObjectDialog<Fields> kind="groups" id={group?.id} saved={group ?? newGroup} title={title} onClose={onClose}>
      {({ draft, change, wrong }) => (
        <>
          <NameField name={draft.name} example={t('groups.example')} wrong={wrong} onChange={change} />
          <ManyField
            label={t('groups.people')}
            chosen={draft.userIds}
            options={people}
            none={t('groups.nobody')}
            wrong={wrong('userIds')}
            onChange={(ids) => change({ userIds: ids.map(userIdOf) })}
          />
          <PersonSelect
            label={t('groups.head')}
            none={t('card.nobody')}
            value={draft.headUserId}
            hint={t('groups.head-rule')}
            wrong={wrong('headUserId')}
            onChange={(id) => change({ headUserId: id === undefined ? undefined : userIdOf(id) })}
          />
          {picksUp && (
            <Check
              label={t('groups.pickup')}
              hint={t('groups.pickup-rule')}
              checked={draft.isPickupGroup}
              onChange={(isPickupGroup) => change({ isPickupGroup })}
            />
          )}
        </>
      )}
    </ObjectDialog>
  );
}
