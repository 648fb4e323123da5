/** What else can be done with a call of mine; ending it for all stands apart. */
import { DropdownMenu } from 'radix-ui';
import { useNameOf } from '../api/people';
import { clientName } from '../calls/call-words';
import { Icon } from '../parts/icon';
import { t } from '../text/text';
import type { Offer } from './panel-commands';

interface TalkMenuProps {
  readonly offers: readonly Offer[];
  readonly onRun: (offer: Offer) => void;
}

export function TalkMenu({ offers, onRun }: TalkMenuProps) {
  const nameOf = useNameOf();
  const words = (offer: Offer): string => {
    const other = offer.by === 'server' && offer.command.kind === 'direct' ? offer.command.other : undefined;
    if (other !== undefined) return t('command.merge', { name: clientName(other, nameOf) });
    return offer.name === 'hang-up' ? t('phone.end-for-all') : t(`command.${offer.name}`);
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="pkey">
        <Icon name="more" />
        <span>{t('phone.more')}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {offers.map((offer) => (
            <DropdownMenu.Item
              key={words(offer)}
              className={`menu-item ${offer.name === 'hang-up' ? 'menu-danger' : ''}`}
              onSelect={() => onRun(offer)}
            >
              {words(offer)}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
