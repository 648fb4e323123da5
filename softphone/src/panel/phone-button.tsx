/** In the header: opens the phone to dial, and shows by its lamp whether this browser can be called. */
import { Icon } from '../parts/icon';
import { t } from '../text/text';
import { toggleDial, useDialPlace } from './dial-place';
import { lineWords } from './phone-words';
import { usePhone } from './use-phone';

export function PhoneButton() {
  const { isOpen } = useDialPlace();
  const phone = usePhone();
  const isUp = phone.line.in === 'registered';
  const isDown = phone.account !== undefined && (phone.line.in === 'waiting' || phone.line.in === 'refused');
  return (
    <button
      type="button"
      className={`bell phone-button ${isUp ? 'is-up' : ''} ${isDown ? 'is-down' : ''}`}
      aria-expanded={isOpen}
      aria-label={t('phone.open', { state: t(lineWords(phone)) })}
      title={t('phone.open', { state: t(lineWords(phone)) })}
      onClick={toggleDial}
    >
      <Icon name="calls" />
    </button>
  );
}
