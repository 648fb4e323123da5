/** The quiet bell: new leads, messages and (for administrators) alarms that were told to me, with a count of the unread. */
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Me, Notice } from '../../../server/api/messages';
import { useDesk, useNotices, useReadNotices } from '../api/desk';
import { Icon } from '../parts/icon';
import { t } from '../text/text';
import { listTime } from '../text/times';
import { noticeIcon, noticePlace, noticeWords } from './notice-words';

export function Bell({ me }: { readonly me: Me }) {
  const [isOpen, setOpen] = useState(false);
  const unread = useDesk().data?.unreadNotices ?? 0;
  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={setOpen}>
      <DropdownMenu.Trigger
        className="bell"
        aria-label={unread === 0 ? t('notices.title') : t('notices.unread', { count: unread })}
      >
        <Icon name="bell" />
        {unread > 0 && (
          <span className="badge" aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu menu-notices" align="end" sideOffset={6}>
          <NoticeList isAdministrator={me.role === 'administrator'} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function NoticeList({ isAdministrator }: { readonly isAdministrator: boolean }) {
  const go = useNavigate();
  const notices = useNotices(true);
  const read = useReadNotices();
  const shown = notices.data ?? [];
  const open = (notice: Notice) => {
    read.mutate([notice]);
    void go(noticePlace(notice));
  };
  return (
    <>
      {shown.length === 0 && !notices.isPending && <p className="menu-note">{t('notices.none')}</p>}
      {shown.map((notice) => (
        <DropdownMenu.Item
          key={notice.id}
          className={`menu-item notice-item ${notice.readAt ? '' : 'is-unread'}`}
          onSelect={() => open(notice)}
        >
          <Icon name={noticeIcon(notice)} />
          <span className="notice-words">{noticeWords(notice)}</span>
          <time className="dim num">{listTime(notice.at)}</time>
        </DropdownMenu.Item>
      ))}
      {(isAdministrator || shown.some(({ readAt }) => !readAt)) && <DropdownMenu.Separator className="menu-line" />}
      {shown.some(({ readAt }) => !readAt) && (
        <DropdownMenu.Item className="menu-item menu-small" onSelect={() => read.mutate(shown)}>
          {t('notices.read-all')}
        </DropdownMenu.Item>
      )}
      {isAdministrator && (
        <DropdownMenu.Item className="menu-item menu-small" onSelect={() => void go('/alarms')}>
          {t('alarms.all')}
        </DropdownMenu.Item>
      )}
    </>
  );
}
