/** The calls that go on now, above a page: who with whom, what they are doing and for how long, and what can be done. */
import type { LiveCall } from '../../../server/api/messages';
import { useLiveCalls } from '../api/calls';
import { t } from '../text/text';
import { LiveLine } from './live-line';

/** All that this person may see: on the page of calls. */
export function LiveCalls() {
  const calls = useGoingOn();
  return <LiveList label={t('calls.live')} title={t('calls.live-count', { count: calls.length })} calls={calls} />;
}

function useGoingOn(): readonly LiveCall[] {
  return useLiveCalls().data?.filter((call) => call.state !== 'ended') ?? [];
}

interface LiveListProps {
  readonly label: string;
  readonly title?: string;
  readonly calls: readonly LiveCall[];
}

export function LiveList({ label, title, calls }: LiveListProps) {
  if (calls.length === 0) return null;
  return (
    <section className="live" aria-label={label}>
      {title && <h2 className="live-title">{title}</h2>}
      <ul className="live-list">
        {calls.map((call) => (
          <LiveLine key={call.id} call={call} />
        ))}
      </ul>
    </section>
  );
}
