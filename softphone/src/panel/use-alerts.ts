/** Somebody rings while I look elsewhere: the title of the window blinks, and the browser tells if it may. */
import { useEffect, useEffectEvent } from 'react';
import { useMe } from '../api/me';
import { useNameOf } from '../api/people';
import { every } from '../clock';
import { phone } from '../phone/phone';
import { t } from '../text/text';
import type { DeskCall } from './desk-calls';
import { otherEnd } from './other-end';

const blinkMs = 1_000;

export function useAlerts(incoming: readonly DeskCall[]): void {
  const userId = useMe().data?.id;
  const nameOf = useNameOf();
  const first = incoming[0];
  const words = first === undefined ? undefined : t('phone.rings', { name: otherEnd(first, userId, nameOf).name });
  useBlinkingTitle(words);
  useDesktopNotice(first?.key, words);
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

/** Only from the tab that rings, and only while nobody looks at it; Web Push tells when the page is closed. */
function useDesktopNotice(key: string | undefined, words: string | undefined): void {
  const show = useEffectEvent(() => (words === undefined || !document.hidden ? undefined : noticeOf(words, key ?? '')));
  const isRinging = words !== undefined;
  useEffect(() => {
    if (key === undefined || !isRinging || !phone.rings()) return undefined;
    const notice = show();
    return () => notice?.close();
  }, [key, isRinging]);
}

function noticeOf(words: string, key: string): Notification | undefined {
  if (!('Notification' in window) || Notification.permission !== 'granted') return undefined;
  try {
    const notice = new Notification(words, { tag: `call-${key}`, requireInteraction: true, icon: '/icon-192.png' });
    notice.addEventListener('click', () => {
      focus();
      notice.close();
    });
    return notice;
  } catch {
    return undefined; // Chrome on Android has them only from a service worker, which Web Push uses
  }
}
