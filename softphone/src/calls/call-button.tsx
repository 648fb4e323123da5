/** Calls a number: my phone rings first. */
import { useMakeCall } from '../api/call-commands';
import { useMe } from '../api/me';
import { IconButton } from '../parts/button';
import { t } from '../text/text';

interface CallButtonProps {
  /** Undefined: withheld, and there is no button. */
  readonly number: string | undefined;
  /** Whom it calls, for the label. */
  readonly name: string;
}

export function CallButton({ number, name }: CallButtonProps) {
  const me = useMe().data;
  const call = useMakeCall(me?.id);
  if (number === undefined || me?.id === undefined) return null;
  return (
    <IconButton
      className="call-button"
      icon="calls"
      label={t('call.call', { name })}
      disabled={call.isPending}
      onClick={() => call.mutate(number)}
    />
  );
}
