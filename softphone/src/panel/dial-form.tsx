/** The field to dial: name or number, a pad, which number of ours is shown, and on which phones I answer. */
import { type FormEvent, useDeferredValue, useState } from 'react';
import { Link } from 'react-router';
import { useOutgoingNumbers } from '../api/call-notes';
import { TargetField } from '../calls/target-field';
import { Button, IconButton } from '../parts/button';
import { t } from '../text/text';
import { shownNumber } from '../text/phone-number';
import { closeDial, typeToDial, useDialPlace } from './dial-place';
import { dialable, isDialable } from './dialable';
import { Keypad } from './keypad';
import { lineWords } from './phone-words';
import { useCallOut, usePhone } from './use-phone';
import { WayChoice } from './way-choice';

export function DialForm({ userId }: { readonly userId: string }) {
  const { typed } = useDialPlace();
  const [hasPad, setPad] = useState(false);
  const [numberId, chooseNumber] = useState('');
  const out = useCallOut();
  const phone = usePhone();
  const isReady = isDialable(typed) && out.by !== undefined;
  const submitted = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || out.isPending) return;
    out.call(typed, numberId === '' ? undefined : numberId);
    closeDial();
  };
  return (
    <form className="dial" aria-label={t('phone.dial')} onSubmit={submitted}>
      <header className="dial-head">
        <span className={`lamp ${phone.line.in === 'registered' ? 'lamp-up' : ''}`}>{t(lineWords(phone))}</span>
        <IconButton icon="close" label={t('action.close')} onClick={closeDial} />
      </header>
      <TargetField label={t('phone.who')} typed={typed} onType={typeToDial} />
      {hasPad && <Keypad onPress={(digit) => typeToDial(typed + digit)} />}
      <ShownNumber to={typed} chosen={numberId} onChoose={chooseNumber} />
      <div className="dial-buttons">
        <IconButton icon="keypad" label={t('phone.keypad')} aria-expanded={hasPad} onClick={() => setPad(!hasPad)} />
        <Link to="/headset" className="dial-link">
          {t('headset.test')}
        </Link>
        <Button type="submit" look="main" icon="calls" busy={out.isPending} disabled={!isReady}>
          {t('phone.call')}
        </Button>
      </div>
      <WayChoice userId={userId} />
    </form>
  );
}

interface ShownNumberProps {
  readonly to: string;
  readonly chosen: string;
  readonly onChoose: (numberId: string) => void;
}

/** The number the client saw last is suggested; there is a choice only where there are several. */
function ShownNumber({ to, chosen, onChoose }: ShownNumberProps) {
  const dialled = useDeferredValue(isDialable(to) ? dialable(to) : '');
  const isOutside = dialled.length > 6;
  const numbers = useOutgoingNumbers(dialled, isOutside).data;
  if (!isOutside || numbers === undefined || numbers.items.length < 2) return null;
  const first = numbers.suggested ?? numbers.usual;
  return (
    <label className="dial-shows">
      <span>{t('phone.shows')}</span>
      <select
        className="input select"
        value={chosen === '' ? first : chosen}
        onChange={(event) => onChoose(event.target.value)}
      >
        {numbers.items.map(({ id, number, name }) => (
          <option key={id} value={id}>
            {name === undefined ? shownNumber(number) : `${shownNumber(number)} · ${name}`}
          </option>
        ))}
      </select>
    </label>
  );
}
