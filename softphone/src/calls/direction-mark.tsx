/** An arrow for the direction of a call, coloured by how it went. */
import type { Outcome } from '../text/cause-words';
import { Icon } from '../parts/icon';
import { t } from '../text/text';
import { type AnyCall, directionIcon, directionWords } from './call-words';

export function DirectionMark({ call, outcome }: { readonly call: AnyCall; readonly outcome: Outcome }) {
  const words = t(directionWords[call.direction]);
  return (
    <span className={`direction direction-${outcome}`} title={words}>
      <Icon name={directionIcon[call.direction]} />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
