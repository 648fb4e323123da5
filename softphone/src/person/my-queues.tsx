/** The queues of an agent: logged in or out of each, and a pause with its reason. */
import { useState } from 'react';
import type { PersonNow } from '../../../server/api/messages';
import { useDesk } from '../api/desk';
import { type AgentTurn, useTurnAgent } from '../api/person';
import { problemWords } from '../api/problem';
import { useMemberOf } from '../frame/standing-chips';
import { notify } from '../frame/notices';
import { Button } from '../parts/button';
import { t } from '../text/text';
import { listTime } from '../text/times';

interface MyQueuesProps {
  readonly userId: string;
  readonly person: PersonNow;
}

export function MyQueues({ userId, person }: MyQueuesProps) {
  const memberOf = useMemberOf(userId);
  const names = new Map((useDesk().data?.queues ?? []).map(({ id, name }) => [id, name]));
  const agent = useTurnAgent();
  const turn = (what: Omit<AgentTurn, 'userId'>) =>
    agent.mutate({ userId, ...what }, { onError: (error) => notify('failed', problemWords(error)) });
  if (memberOf.length === 0) return null;
  return (
    <section className="me-part" aria-label={t('me.queues')}>
      <h2 className="section-title">{t('me.queues')}</h2>
      {memberOf.map((queueId) => (
        <label key={queueId} className="check">
          <input
            type="checkbox"
            checked={
              agent.isPending && agent.variables.queueId === queueId
                ? agent.variables.what === 'log-in'
                : person.agentOf.includes(queueId)
            }
            disabled={agent.isPending}
            onChange={(event) => turn({ what: event.target.checked ? 'log-in' : 'log-out', queueId })}
          />
          {names.get(queueId) ?? queueId}
        </label>
      ))}
      <p className="field-hint">{t('me.queues-why')}</p>
      {person.agentOf.length > 0 && <Pause person={person} busy={agent.isPending} turn={turn} />}
    </section>
  );
}

interface PauseProps {
  readonly person: PersonNow;
  readonly busy: boolean;
  readonly turn: (what: Omit<AgentTurn, 'userId'>) => void;
}

function Pause({ person: { pause }, busy, turn }: PauseProps) {
  const [reason, setReason] = useState('');
  const usual = [t('agent.break'), t('agent.lunch'), t('agent.meeting'), t('agent.paperwork')];
  if (pause !== undefined) {
    return (
      <div className="pause-line">
        <span>{t('me.paused-since', { reason: pause.reason || t('me.paused'), when: listTime(pause.since) })}</span>
        <Button look="main" busy={busy} onClick={() => turn({ what: 'resume' })}>
          {t('agent.resume')}
        </Button>
      </div>
    );
  }
  return (
    <form
      className="pause-line"
      onSubmit={(event) => {
        event.preventDefault();
        turn({ what: 'pause', ...(reason.trim() === '' ? {} : { reason: reason.trim() }) });
      }}
    >
      <input
        className="input"
        list="pause-reasons"
        aria-label={t('agent.reason')}
        placeholder={t('agent.reason')}
        maxLength={80}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <datalist id="pause-reasons">
        {usual.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <Button type="submit" busy={busy}>
        {t('agent.pause')}
      </Button>
    </form>
  );
}
