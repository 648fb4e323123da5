/** Conference rooms: people dial in by code and number, with a PIN where one is set. */
import type { Room } from '../../../../call-router/state/office';
import { useDocument } from '../../api/documents';
import { InputField } from '../../parts/field';
import { textOrGap } from '../../parts/form';
import { NumberField } from '../../parts/number-field';
import { t } from '../../text/text';
import { NameField } from './name-field';
import { type DialogParts, ObjectDialog, ObjectPage } from './object-page';

type Fields = Omit<Room, 'id'>;
const newRoom: Fields = { name: '', number: '', membersMax: 32 };

export default function Rooms() {
  const code = useDocument('feature-codes').data?.dialled.room[0] ?? '';
  return (
    <ObjectPage
      kind="rooms"
      words={{
        title: t('settings.rooms'),
        why: t('rooms.why'),
        add: t('rooms.new'),
        none: t('rooms.none'),
        noneWhy: t('rooms.none-why'),
        removeWhy: t('rooms.remove-why'),
      }}
      heads={[t('rooms.dial'), t('rooms.pin'), t('rooms.most')]}
      cells={({ number, pin, membersMax }) => (
        <>
          <td className="num">
            {code}
            {number}
          </td>
          <td className="num">{pin ?? ''}</td>
          <td className="num">{membersMax}</td>
        </>
      )}
      dialog={(room, onClose) => (
        <ObjectDialog<Fields>
          kind="rooms"
          id={room?.id}
          saved={room ?? newRoom}
          title={room?.name ?? t('rooms.new')}
          onClose={onClose}
        >
          {(parts) => <RoomFields {...parts} />}
        </ObjectDialog>
      )}
    />
  );
}

function RoomFields({ draft, change, wrong }: DialogParts<Fields>) {
  return (
    <>
      <NameField name={draft.name} wrong={wrong} onChange={change} />
      <InputField
        label={t('rooms.number')}
        inputMode="numeric"
        className="input num"
        pattern="[0-9]{1,8}"
        maxLength={8}
        required
        hint={t('rooms.number-rule')}
        value={draft.number}
        wrong={wrong('number')}
        onChange={(event) => change({ number: event.target.value })}
      />
      <InputField
        label={t('rooms.pin')}
        inputMode="numeric"
        className="input num"
        pattern="[0-9]{3,12}"
        maxLength={12}
        hint={t('rooms.pin-rule')}
        value={draft.pin ?? ''}
        wrong={wrong('pin')}
        onChange={(event) => change({ pin: textOrGap(event.target.value) })}
      />
      <NumberField
        label={t('rooms.most')}
        value={draft.membersMax}
        min={2}
        max={32}
        onChange={(membersMax) => change({ membersMax })}
      />
    </>
  );
}
