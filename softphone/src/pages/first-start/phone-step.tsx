/** Where the person answers: in this browser, or on a desk phone, whose five lines are shown. It goes on once it can be rung. */
import { useState } from 'react';
import type { NewDevice } from '../../../../server/api/messages';
import { usePresence } from '../../api/desk-news';
import { useMe } from '../../api/me';
import { useDevices, useMakeDevice } from '../../api/people';
import { lineWords } from '../../panel/phone-words';
import { usePhone } from '../../panel/use-phone';
import { Button } from '../../parts/button';
import { Choice } from '../../parts/filters';
import { FormProblem } from '../../parts/states';
import { t } from '../../text/text';
import { SetupLines } from '../settings/phone-setup';
import type { StepProps } from './use-first-start';

export function PhoneStep({ progress, keep, onDone }: StepProps) {
  const isMe = useMe().data?.id === progress.userId;
  const [where, setWhere] = useState(progress.phone ?? (isMe ? 'browser' : 'desk-phone'));
  const ways = usePresence().get(progress.userId ?? '')?.ways ?? [];
  const isThere = ways.includes(where === 'browser' ? 'headset' : 'desk-phone');
  const done = () => keep.mutate({ state: 'open', phone: where }, { onSuccess: onDone });
  return (
    <>
      <h2>{t('first-phone.question')}</h2>
      {isMe && (
        <Choice
          label={t('first-phone.question')}
          value={where}
          options={(['browser', 'desk-phone'] as const).map((value) => ({ value, name: t(`first-phone.${value}`) }))}
          onChange={setWhere}
        />
      )}
      {where === 'browser' ? <BrowserPhone /> : <DeskPhone userId={progress.userId ?? ''} />}
      <p className={`lamp ${isThere ? 'lamp-up' : 'lamp-unknown'}`} role="status">
        {t(isThere ? 'first-phone.there' : 'first-phone.waits')}
      </p>
      <FormProblem error={keep.error} />
      <div className="form-buttons">
        <Button look={isThere ? 'main' : 'plain'} busy={keep.isPending} onClick={done}>
          {t(isThere ? 'first-start.on' : 'first-phone.without')}
        </Button>
      </div>
    </>
  );
}

function BrowserPhone() {
  const phone = usePhone();
  return (
    <>
      <p>{t('first-phone.browser-why')}</p>
      <p className="dim">{t(lineWords(phone))}</p>
      <p>
        <a href="/headset" target="_blank" rel="noreferrer">
          {t('headset.test')}
        </a>
      </p>
    </>
  );
}

function DeskPhone({ userId }: { readonly userId: string }) {
  const devices = useDevices(userId).data ?? [];
  const make = useMakeDevice(userId);
  const [made, setMade] = useState<NewDevice>();
  const begin = () => make.mutate({ name: t('way.desk-phone') }, { onSuccess: setMade });
  if (made) return <SetupLines device={made} />;
  return (
    <>
      <p>{t(devices.length > 0 ? 'first-phone.has-desk-phone' : 'first-phone.desk-phone-why')}</p>
      <FormProblem error={make.error} />
      <Button icon="plus" busy={make.isPending} onClick={begin}>
        {t('devices.new')}
      </Button>
    </>
  );
}
