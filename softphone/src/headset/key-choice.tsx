/** The keys of the headset itself, where the browser can reach them (WebHID). */
import { useSyncExternalStore } from 'react';
import { notify } from '../frame/notices';
import { Button } from '../parts/button';
import { headsetKeys } from '../phone/headset-keys';
import { t } from '../text/text';

export function HeadsetKeyChoice() {
  const name = useSyncExternalStore(headsetKeys.watch, headsetKeys.name);
  if (!headsetKeys.isPossible()) return <p className="dim">{t('headset.keys-impossible')}</p>;
  if (name !== undefined) return <p>{t('headset.keys-on', { name })}</p>;
  const choose = () => void headsetKeys.choose().catch(() => notify('failed', t('headset.keys-failed')));
  return (
    <Button icon="headset" onClick={choose}>
      {t('headset.keys-allow')}
    </Button>
  );
}
