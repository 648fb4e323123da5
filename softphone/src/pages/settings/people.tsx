/** The people of the office. */
import { useState } from 'react';
import { Link } from 'react-router';
import type { User } from '../../../../server/api/messages';
import { usePeople } from '../../api/people';
import { Button } from '../../parts/button';
import { Table } from '../../parts/table';
import { t } from '../../text/text';
import { listTime } from '../../text/times';
import { NewPerson } from './new-person';
import { SettingsHead } from './settings-head';

/** Dismissed, invited with a link that holds still, with a first password to change, or at work. */
function stateOf({ disabled, invitedUntil, mustChangePassword }: User): string {
  if (disabled) return t('people.disabled');
  if (invitedUntil !== undefined) return t('people.link-until', { when: listTime(invitedUntil) });
  return t(mustChangePassword ? 'people.invited' : 'people.active');
}

export default function People() {
  const people = usePeople();
  const [isMaking, setMaking] = useState(false);
  return (
    <>
      <SettingsHead title={t('settings.people')} why={t('people.why')}>
        <Button look="main" icon="plus" onClick={() => setMaking(true)}>
          {t('people.new')}
        </Button>
      </SettingsHead>
      <Table
        label={t('settings.people')}
        query={people}
        heads={[t('card.name'), t('people.login'), t('people.role'), t('people.extension'), t('people.state')]}
        empty={t('people.none')}
        emptyWhy={t('people.none-why')}
        row={(person) => (
          <tr key={person.id}>
            <td>
              <Link to={`/settings/people/${person.id}`}>{person.name}</Link>
            </td>
            <td>{person.login}</td>
            <td>{t(`role.${person.role}`)}</td>
            <td className="num">{person.extension ?? '–'}</td>
            <td>{stateOf(person)}</td>
          </tr>
        )}
      />
      {isMaking && <NewPerson onClose={() => setMaking(false)} />}
    </>
  );
}
