/** Calls a number with one click: on the headset, or my other phones ring first. */
import { useCallOut } from '../panel/use-phone';
import { IconButton } from '../parts/button';
import { t } from '../text/text';

interface CallButtonProps {
  /** Undefined: withheld, and there is no button. */
  readonly number: string | undefined;
  /** Whom it calls, for the label. */
  readonly name: string;
}

export function CallButton({ number, name }: CallButtonProps) {
  const out = useCallOut();
  if (number === undefined || out.by === undefined) return null;
  return (
    <IconButton
      className="call-button"
      icon="calls"
      label={t('call.call', { name })}
      disabled={out.isPending}
      onClick={() => out.call(number)}
    />
  );
}
