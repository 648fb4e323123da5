/** Says when the server does not answer, and when it is back; then everything shown is asked for again. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { askNow, connectionNow, watchConnection } from '../api/connection';
import { Button } from '../parts/button';
import { t } from '../text/text';

export function ConnectionBanner() {
  const queries = useQueryClient();
  const connection = useSyncExternalStore(watchConnection, connectionNow);
  useEffect(() => {
    if (connection === 'back') void queries.invalidateQueries();
  }, [connection, queries]);
  useEffect(() => {
    addEventListener('online', askNow);
    return () => removeEventListener('online', askNow);
  }, []);
  return (
    <div role="status" aria-live="polite">
      {connection !== 'answering' && (
        <div className={`banner banner-${connection}`}>
          <span>{t(connection === 'lost' ? 'connection.lost' : 'connection.back')}</span>
          {connection === 'lost' && (
            <Button look="quiet" onClick={askNow}>
              {t('connection.try')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
