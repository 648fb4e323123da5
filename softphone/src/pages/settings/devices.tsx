/** The SIP phones of a person. A new one's password is shown once, with the lines to type into the phone. */
import { useState } from 'react';
import type { Device, NewDevice } from '../../../../server/api/messages';
import { useChangeDevice, useDevices, useMakeDevice, useRemoveDevice } from '../../api/people';
import { fieldProblem } from '../../api/problem';
import { useNumbers } from '../../api/settings';
import { notify } from '../../frame/notices';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { InputField, SelectField } from '../../parts/field';
import { Form, textOf, textOrNull, withoutGaps } from '../../parts/form';
import { RemoveButton } from '../../parts/remove-button';
import { Table } from '../../parts/table';
import { shownNumber } from '../../text/phone-number';
import { t } from '../../text/text';
import { PhoneSetup } from './phone-setup';

export function Devices({ userId }: { readonly userId: string }) {
  const devices = useDevices(userId);
  const remove = useRemoveDevice(userId);
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<NewDevice>();
  const [edited, setEdited] = useState<Device>();
  const numbers = useNumbers().data ?? [];
  return (
    <section className="devices">
      <header className="card-section-head">
        <h2>{t('devices.title')}</h2>
        <Button icon="plus" onClick={() => setMaking(true)}>
          {t('devices.new')}
        </Button>
      </header>
      <Table
        label={t('devices.title')}
        query={devices}
        heads={[t('card.name'), t('devices.username'), t('devices.number'), '']}
        empty={t('devices.none')}
        emptyWhy={t('devices.none-why')}
        row={(device) => (
          <tr key={device.id}>
            <td>
              <button type="button" className="link" onClick={() => setEdited(device)}>
                {device.name}
              </button>
            </td>
            <td className="num">{device.username}</td>
            <td className="num">{shownNumber(numbers.find(({ id }) => id === device.numberId)?.number ?? '')}</td>
            <td className="table-action">
              <RemoveButton name={device.name} text={t('devices.remove-why')} remove={remove} id={device.id} />
            </td>
          </tr>
        )}
      />
      {isMaking && (
        <NewDeviceDialog
          userId={userId}
          onClose={() => setMaking(false)}
          onMade={(device) => {
            setMaking(false);
            setMade(device);
          }}
        />
      )}
      {edited && <EditDeviceDialog device={edited} onClose={() => setEdited(undefined)} />}
      {made && <PhoneSetup device={made} onClose={() => setMade(undefined)} />}
    </section>
  );
}

interface NewDeviceDialogProps {
  readonly userId: string;
  readonly onClose: () => void;
  readonly onMade: (device: NewDevice) => void;
}

function NewDeviceDialog({ userId, onClose, onMade }: NewDeviceDialogProps) {
  const make = useMakeDevice(userId);
  const sent = (fields: FormData) =>
    make.mutate(
      withoutGaps({
        name: textOf(fields, 'name'),
        numberId: textOf(fields, 'numberId'),
        algorithm: textOf(fields, 'algorithm'),
      }),
      { onSuccess: onMade },
    );
  return (
    <Dialog title={t('devices.new')} onClose={onClose}>
      <Form onSubmit={sent} submit={t('action.add')} busy={make.isPending} error={make.error} onCancel={onClose}>
        <DeviceFields error={make.error} />
        <SelectField label={t('devices.algorithm')} name="algorithm" hint={t('devices.algorithm-rule')}>
          <option value="MD5">MD5</option>
          <option value="SHA-256">SHA-256</option>
        </SelectField>
      </Form>
    </Dialog>
  );
}

function EditDeviceDialog({ device, onClose }: { readonly device: Device; readonly onClose: () => void }) {
  const change = useChangeDevice(device);
  const sent = (fields: FormData) =>
    change.mutate(
      { name: textOf(fields, 'name'), numberId: textOrNull(fields, 'numberId') },
      {
        onSuccess: () => {
          onClose();
          notify('done', t('card.saved'));
        },
      },
    );
  return (
    <Dialog title={device.name} onClose={onClose}>
      <Form onSubmit={sent} submit={t('action.save')} busy={change.isPending} error={change.error} onCancel={onClose}>
        <DeviceFields device={device} error={change.error} />
      </Form>
    </Dialog>
  );
}

function DeviceFields({ device, error }: { readonly device?: Device; readonly error: unknown }) {
  const numbers = useNumbers().data ?? [];
  return (
    <>
      <InputField
        label={t('devices.name')}
        name="name"
        defaultValue={device?.name}
        placeholder={t('devices.name-example')}
        maxLength={100}
        required
        autoFocus
        wrong={fieldProblem(error, 'name')}
      />
      <SelectField
        key={numbers.length}
        label={t('devices.number')}
        name="numberId"
        defaultValue={device?.numberId ?? ''}
        hint={t('devices.number-rule')}
        wrong={fieldProblem(error, 'numberId')}
      >
        <option value="">{t('devices.number-any')}</option>
        {numbers.map((number) => (
          <option key={number.id} value={number.id}>
            {shownNumber(number.number)} {number.name ?? ''}
          </option>
        ))}
      </SelectField>
    </>
  );
}
