/** What to type into a SIP phone: five lines, each copied with one click. The password is never shown again. */
import type { NewDevice } from '../../../../server/api/messages';
import { Button } from '../../parts/button';
import { CopyLine } from '../../parts/copy-line';
import { Dialog } from '../../parts/dialog';
import { type TextKey, t } from '../../text/text';

export function PhoneSetup({ device, onClose }: { readonly device: NewDevice; readonly onClose: () => void }) {
  return (
    <Dialog title={t('devices.setup', { name: device.name })} onClose={onClose}>
      <div className="form">
        <SetupLines device={device} />
        <div className="form-buttons">
          <Button look="main" onClick={onClose}>
            {t('devices.setup-done')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

export function SetupLines({ device }: { readonly device: NewDevice }) {
  const lines: readonly (readonly [TextKey, string])[] = [
    ['devices.server', location.hostname],
    ['devices.port', String(device.port)],
    ['devices.username', device.username],
    ['devices.auth-name', device.username],
    ['devices.password', device.password],
  ];
  return (
    <>
      <p className="dialog-text">{t('devices.setup-why')}</p>
      <dl className="setup-lines">
        {lines.map(([name, value]) => (
          <CopyLine key={name} name={t(name)} value={value} />
        ))}
      </dl>
      <p className="field-hint">{t('devices.setup-note', { port: device.port })}</p>
    </>
  );
}
