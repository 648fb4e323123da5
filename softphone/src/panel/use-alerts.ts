/** Somebody rings while I look elsewhere: the title of the window blinks, and the browser tells if it may. */
import { useEffect, useState } from 'react';
import { useMe } from '../api/me';
import { useNameOf } from '../api/people';
import { every } from '../clock';
import { phone } from '../phone/phone';
import { t } from '../text/text';
import { CallNotices, type RingingCall } from './call-notices';
import type { DeskCall } from './desk-calls';
import { otherEnd } from './other-end';

const blinkMs = 1_000;

export function useAlerts(incoming: readonly DeskCall[]): void {
  const userId = useMe().data?.id;
  const nameOf = useNameOf();
  const ringing = incoming.map((call) => ({
    id: call.live?.id ?? call.headset?.callId ?? call.key,
    words: t('phone.rings', { name: otherEnd(call, userId, nameOf).name }),
  }));
  useBlinkingTitle(ringing[0]?.words);
  useDesktopNotices(ringing);
}

function useBlinkingTitle(words: string | undefined): void {
  useEffect(() => {
    if (words === undefined) return undefined;
    let before = document.title;
    document.title = words;
    const stop = every(blinkMs, () => {
      if (document.title !== words) before = document.title;
      document.title = document.title === words ? before : words;
    });
    return () => {
      stop();
      if (document.title === words) document.title = before;
    };
  }, [words]);
}

/** Only from the tab that rings, and only while nobody works in it; Web Push tells when the page is closed. */
function useDesktopNotices(ringing: readonly RingingCall[]): void {
  const [notices] = useState(() => new CallNotices({ isSeen: () => document.hasFocus(), make: noticeOf }));
  useEffect(() => notices.ring(phone.rings() ? ringing : []));
  useEffect(() => {
    const look = (): void => notices.look();
    addEventListener('focus', look);
    addEventListener('blur', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('focus', look);
      removeEventListener('blur', look);
      document.removeEventListener('visibilitychange', look);
      notices.ring([]);
    };
  }, [notices]);
}

function noticeOf({ id, words }: RingingCall): Notification | undefined {
  if (!('Notification' in window) || Notification.permission !== 'granted') return undefined;
  try {
    const notice = new Notification(words, { tag: `call-${id}`, requireInteraction: true, icon: '/icon-192.png' });
    notice.addEventListener('click', () => {
      focus();
      notice.close();
    });
    return notice;
  } catch {
    return undefined; // Chrome on Android has them only from a service worker, which Web Push uses
  }
}
