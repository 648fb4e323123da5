/** What else can be done with a live call. Ending it stands apart. */
import { DropdownMenu } from 'radix-ui';
import { useNameOf } from '../api/people';
import { IconButton } from '../parts/button';
import { t } from '../text/text';
import { clientName } from './call-words';
import type { Command } from './commands';

interface LiveMenuProps {
  /** Of the client. */
  readonly name: string;
  readonly commands: readonly Command[];
  readonly onRun: (command: Command) => void;
}

const ends: ReadonlySet<Command['name']> = new Set<Command['name']>(['hang-up', 'leave', 'decline']);

export function LiveMenu({ name, commands, onRun }: LiveMenuProps) {
  const nameOf = useNameOf();
  const words = (command: Command): string =>
    command.kind === 'direct' && command.other !== undefined
      ? t('command.merge', { name: clientName(command.other, nameOf) })
      : t(`command.${command.name}`);
  const firstEnd = commands.findIndex((command) => ends.has(command.name));
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton icon="more" label={t('live.more', { name })} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {commands.map((command, place) => (
            <div key={words(command)} role="presentation">
              {place === firstEnd && place > 0 && <DropdownMenu.Separator className="menu-line" />}
              <DropdownMenu.Item
                className={`menu-item ${ends.has(command.name) ? 'menu-danger' : ''}`}
                onSelect={() => onRun(command)}
              >
                {words(command)}
              </DropdownMenu.Item>
            </div>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
