/** Opening hours: each calendar, whether it is open now and why, and the switch that overrules it. */
import { useState } from 'react';
import { Link } from 'react-router';
import type { Calendar } from '../../../../../call-router/state/office';
import { openNow } from '../../../../../call-router/values/hours';
import { epochMs } from '../../../../../call-router/values/ids';
import { useOffice, useRemoveOffice, useSaveOffice } from '../../../api/office';
import { problemWords } from '../../../api/problem';
import { notify } from '../../../frame/notices';
import { Choice } from '../../../parts/filters';
import { RemoveButton } from '../../../parts/remove-button';
import { Table } from '../../../parts/table';
import { useNow } from '../../../parts/use-now';
import { t } from '../../../text/text';
import { weekdayName } from '../../../text/times';
import { AddLink, SettingsHead } from '../settings-head';

export default function Calendars() {
  const calendars = useOffice('calendars');
  const remove = useRemoveOffice('calendars');
  return (
    <>
      <SettingsHead title={t('settings.hours')} why={t('hours.why')}>
        <AddLink to="/settings/hours/new">{t('hours.new')}</AddLink>
      </SettingsHead>
      <Table
        label={t('settings.hours')}
        query={calendars}
        heads={[t('card.name'), t('hours.now'), t('hours.switch'), t('hours.zone'), t('hours.code'), '']}
        empty={t('hours.none')}
        emptyWhy={t('hours.none-why')}
        row={(calendar) => (
          <tr key={calendar.id}>
            <td>
              <Link to={`/settings/hours/${calendar.id}`}>{calendar.name}</Link>
            </td>
            <td>
              <OpenNow calendar={calendar} />
            </td>
            <td>
              <SavedSwitch calendar={calendar} />
            </td>
            <td>{calendar.zone}</td>
            <td className="num">{calendar.code ?? ''}</td>
            <td className="table-action">
              <RemoveButton name={calendar.name} text={t('hours.remove-why')} remove={remove} id={calendar.id} />
            </td>
          </tr>
        )}
      />
    </>
  );
}

/** Open or closed, with the reason. */
export function OpenNow({ calendar }: { readonly calendar: Calendar }) {
  const { isOpen, why } = openNow(calendar, epochMs(useNow(20_000)));
  const reason =
    why.by === 'switch' ? t('hours.by-hand') : why.by === 'exception' ? (why.name ?? why.date) : weekdayName(why.day);
  return (
    <span className={`lamp lamp-${isOpen ? 'up' : 'off'}`}>
      {t(isOpen ? 'hours.open' : 'hours.closed')} <span className="dim">{reason}</span>
    </span>
  );
}

const positions = ['automatic', 'open', 'closed'] as const;

interface SwitchProps {
  readonly name: string;
  readonly value: Calendar['switch'];
  readonly onChange: (value: Calendar['switch']) => void;
}

export function HoursSwitch({ name, value, onChange }: SwitchProps) {
  return (
    <Choice
      label={t('hours.switch-of', { name })}
      value={value}
      options={positions.map((position) => ({ value: position, name: t(`hours-switch.${position}`) }))}
      onChange={onChange}
    />
  );
}

/** In force at once; shown at once, and put back if the server refuses. */
function SavedSwitch({ calendar }: { readonly calendar: Calendar }) {
  const save = useSaveOffice('calendars', calendar.id);
  const [asked, ask] = useState<Calendar['switch']>();
  const turn = (position: Calendar['switch']) => {
    ask(position);
    save.mutate(
      { switch: position },
      { onError: (error) => notify('failed', problemWords(error)), onSettled: () => ask(undefined) },
    );
  };
  return <HoursSwitch name={calendar.name} value={asked ?? calendar.switch} onChange={turn} />;
}
