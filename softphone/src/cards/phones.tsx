/** The phone numbers of a card: each can be called or copied with one click. */
import type { Phone } from '../../../server/api/messages';
import { CallButton } from '../calls/call-button';
import { notify } from '../frame/notices';
import { shownPhone } from '../text/phone-number';
import { t } from '../text/text';

export function Phones({ phones }: { readonly phones: readonly Phone[] }) {
  if (phones.length === 0) return <span className="dim">{t('card.no-phone')}</span>;
  return (
    <span className="phones">
      {phones.map((phone) => (
        <span key={phone.typed} className="phone-line">
          <PhoneButton phone={phone} />
          <CallButton number={phone.e164 ?? phone.typed} name={shownPhone(phone)} />
        </span>
      ))}
    </span>
  );
}

function PhoneButton({ phone }: { readonly phone: Phone }) {
  const number = phone.e164 ?? phone.typed;
  const copy = () =>
    void navigator.clipboard?.writeText(number).then(
      () => notify('done', t('card.copied', { number: shownPhone(phone) })),
      () => undefined, // the browser does not let us; the number can be marked by hand
    );
  return (
    <button type="button" className="phone num" onClick={copy} title={t('card.copy')}>
      {shownPhone(phone)}
      {phone.label && <span className="phone-label">{phone.label}</span>}
    </button>
  );
}
