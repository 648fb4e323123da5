/** What keeps me from being heard, or from hearing that it rings, while a call is there or about to be: what happened and what to do. */
import { useSyncExternalStore } from 'react';
import { Link } from 'react-router';
import { Icon } from '../parts/icon';
import { soundPermission } from '../phone/sound-permission';
import { t } from '../text/text';
import { microphoneWords } from './phone-words';
import { usePhone } from './use-phone';

export function PhoneTrouble() {
  const { microphone, line, account, calls } = usePhone();
  const isSilent = useSyncExternalStore(soundPermission.watch, soundPermission.isRefused);
  const isLost = account !== undefined && (line.in === 'waiting' || line.in === 'connecting') && calls.length > 0;
  return (
    <div role="status" className="phone-troubles">
      {microphone.in === 'wrong' && (
        <p className="phone-trouble">
          <Icon name="mic-off" />
          <span>
            {t(microphoneWords[microphone.problem])} <Link to="/headset">{t('headset.test')}</Link>
          </span>
        </p>
      )}
      {microphone.in === 'asking' && (
        <p className="phone-trouble">
          <Icon name="mic" />
          {t('microphone.asking')}
        </p>
      )}
      {isSilent && (
        <p className="phone-trouble">
          <Icon name="silent" />
          {t('phone.sound-refused')}
        </p>
      )}
      {isLost && (
        <p className="phone-trouble">
          <Icon name="clock" />
          {t('phone.line-lost')}
        </p>
      )}
    </div>
  );
}
