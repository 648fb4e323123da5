/** Short notices at the foot of the page: something was done, or could not be. Read aloud, gone after a while. */
import { useSyncExternalStore } from 'react';
import { after } from '../clock';
import { IconButton } from '../parts/button';
import { t } from '../text/text';

interface Notice {
  readonly id: number;
  readonly text: string;
  readonly kind: 'done' | 'failed';
}

const shownForMs = { done: 4_000, failed: 9_000 } as const;
const noticesMax = 4;

let notices: readonly Notice[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

export function notify(kind: Notice['kind'], text: string): void {
  const notice = { id: nextId++, kind, text };
  change([...notices, notice].slice(-noticesMax));
  after(shownForMs[kind], () => dismiss(notice.id));
}

export function Notices() {
  const shown = useSyncExternalStore(watch, () => notices);
  return (
    <div className="notices" role="status" aria-live="polite">
      {shown.map((notice) => (
        <div key={notice.id} className={`notice notice-${notice.kind}`}>
          <span>{notice.text}</span>
          <IconButton icon="close" label={t('action.dismiss')} onClick={() => dismiss(notice.id)} />
        </div>
      ))}
    </div>
  );
}

const dismiss = (id: number): void => change(notices.filter((notice) => notice.id !== id));

function watch(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}
