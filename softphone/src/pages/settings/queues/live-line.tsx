/** How a queue stands this moment, in one line. */
import { useQueuesNow } from '../../../api/person';
import { t } from '../../../text/text';
import { duration } from '../../../text/times';

export function LiveLine({ id }: { readonly id: string }) {
  const [now] = useQueuesNow([id]);
  const data = now?.data;
  if (!data) return null;
  const { free, talking, ringing, paused, out } = data.agents;
  const busy = talking + ringing + data.agents['wrap-up'];
  const figures = [
    t('queue-now.waiting', { count: data.waiting }),
    ...(data.waiting > 0 ? [t('queue-now.longest', { length: duration(data.longestWaitS * 1000) })] : []),
    t('queue-now.free', { count: free }),
    ...(busy > 0 ? [t('queue-now.busy', { count: busy })] : []),
    ...(paused > 0 ? [t('queue-now.paused', { count: paused })] : []),
    ...(out > 0 ? [t('queue-now.out', { count: out })] : []),
  ];
  const look = data.waiting > 0 && free === 0 ? 'busy' : free > 0 ? 'up' : 'off';
  return <span className={`lamp lamp-${look} num`}>{figures.join(' · ')}</span>;
}
