/** The person's own menu: how their calls reach them, how the page looks, password, log out. */
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Me } from '../../../server/api/messages';
import { useLogOut } from '../api/me';
import { problemWords } from '../api/problem';
import { PushMenu } from '../away/push-menu';
import { Icon, type IconName } from '../parts/icon';
import { type TextKey, t } from '../text/text';
import { MyStandingMenu } from './my-standing-menu';
import { notify } from './notices';
import { type Theme, setTheme, theme } from './theme';

const themes: readonly { readonly value: Theme; readonly icon: IconName; readonly name: TextKey }[] = [
  { value: 'auto', icon: 'auto', name: 'theme.auto' },
  { value: 'light', icon: 'sun', name: 'theme.light' },
  { value: 'dark', icon: 'moon', name: 'theme.dark' },
];

export function PersonMenu({ me }: { readonly me: Me }) {
  const go = useNavigate();
  const logOut = useLogOut();
  const leave = () => logOut.mutate(undefined, { onError: (error) => notify('failed', problemWords(error)) });
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="person-button" aria-label={t('person.menu', { name: me.name })}>
        <span className="avatar" aria-hidden="true" data-initials={initials(me.name)} />
        <span className="person-name">{me.name}</span>
        <Icon name="down" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6}>
          <DropdownMenu.Label className="menu-label">
            {me.name} · {t(`role.${me.role}`)}
          </DropdownMenu.Label>
          {me.id && <MyStandingMenu userId={me.id} />}
          <PushMenu />
          <ThemeChoice />
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={() => void go('/password')}>
            {t('password.change')}
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={leave}>
            {t('person.log-out')}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function ThemeChoice() {
  const [chosen, choose] = useState(theme);
  const changed = (value: string) => {
    const next = themes.find((entry) => entry.value === value)?.value ?? 'auto';
    setTheme(next);
    choose(next);
  };
  return (
    <DropdownMenu.RadioGroup value={chosen} onValueChange={changed}>
      {themes.map((entry) => (
        <DropdownMenu.RadioItem
          key={entry.value}
          value={entry.value}
          className="menu-item"
          onSelect={(event) => event.preventDefault()}
        >
          <Icon name={entry.icon} />
          {t(entry.name)}
          <DropdownMenu.ItemIndicator className="menu-mark">
            <Icon name="check" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((words[0]?.[0] ?? '') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
}
