/** In the person's menu: whether this browser tells of calls, leads and messages while the page is closed. */
import { DropdownMenu } from 'radix-ui';
import { useEffect, useState } from 'react';
import { problemWords } from '../api/problem';
import { notify } from '../frame/notices';
import { Icon } from '../parts/icon';
import { t } from '../text/text';
import { type PushState, pushState, turnPushOff, turnPushOn } from './push';

export function PushMenu() {
  const [state, setState] = useState<PushState>('not-here');
  const failed = (error: unknown) => notify('failed', t('push.failed', { why: problemWords(error) }));
  const became = (next: PushState) => {
    setState(next);
    if (next === 'denied') notify('failed', t('push.denied'));
  };
  useEffect(() => void pushState().then(setState, failed), []);
  if (state === 'not-here') return null;
  const turn = () => {
    (state === 'on' ? turnPushOff() : turnPushOn()).then(became, failed);
  };
  return (
    <DropdownMenu.CheckboxItem
      className="menu-item"
      checked={state === 'on'}
      onCheckedChange={turn}
      onSelect={(event) => event.preventDefault()}
    >
      <Icon name="bell" />
      {t('push.when-closed')}
      <DropdownMenu.ItemIndicator className="menu-mark">
        <Icon name="check" />
      </DropdownMenu.ItemIndicator>
    </DropdownMenu.CheckboxItem>
  );
}
