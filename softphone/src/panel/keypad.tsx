/** The twelve keys of a phone. */
import { t } from '../text/text';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const letters: Partial<Readonly<Record<(typeof keys)[number], string>>> = {
  2: 'ABC',
  3: 'DEF',
  4: 'GHI',
  5: 'JKL',
  6: 'MNO',
  7: 'PQRS',
  8: 'TUV',
  9: 'WXYZ',
  0: '+',
};

export function Keypad({ onPress }: { readonly onPress: (digit: string) => void }) {
  return (
    <div className="keypad" role="group" aria-label={t('phone.keypad')}>
      {keys.map((key) => (
        <button key={key} type="button" className="keypad-key" aria-label={key} onClick={() => onPress(key)}>
          <span className="num">{key}</span>
          <small>{letters[key]}</small>
        </button>
      ))}
    </div>
  );
}
