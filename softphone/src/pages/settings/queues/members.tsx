/** The agents of a queue: their level and skills, how each stands now, and a button that logs each in or out. */
import type { QueueMember } from '../../../../../call-router/state/office';
import { userIdOf } from '../../../../../call-router/values/ids';
import { useStaff } from '../../../api/people';
import { useAgents, useTurnAgent } from '../../../api/person';
import { problemWords } from '../../../api/problem';
import { notify } from '../../../frame/notices';
import { Button, IconButton } from '../../../parts/button';
import { t } from '../../../text/text';
import { TableScroll } from '../../../parts/table-scroll';

interface MembersProps {
  /** Undefined: the queue is not saved yet. */
  readonly queueId: string | undefined;
  readonly members: readonly QueueMember[];
  readonly strategy: string;
  readonly wrong: string | undefined;
  readonly onChange: (members: readonly QueueMember[]) => void;
}

export function Members({ queueId, members, strategy, wrong, onChange }: MembersProps) {
  const people = useStaff().data ?? [];
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? t('many.gone');
  const left = people.filter(({ id }) => !members.some(({ userId }) => userId === id));
  return (
    <div className="members">
      {members.length > 0 && (
        <TableScroll label={t('queue.members')}>
          <table className="table" aria-label={t('queue.members')}>
            <MemberHeads strategy={strategy} isSaved={queueId !== undefined} />
            <tbody>
              {members.map((member) => (
                <tr key={member.userId}>
                  <td>{nameOf(member.userId)}</td>
                  <MemberFields
                    member={member}
                    name={nameOf(member.userId)}
                    strategy={strategy}
                    onChange={(next) => onChange(members.map((each) => (each === member ? next : each)))}
                  />
                  {queueId && <Standing queueId={queueId} userId={member.userId} />}
                  <td className="table-action">
                    <IconButton
                      icon="close"
                      label={t('many.remove', { name: nameOf(member.userId) })}
                      onClick={() => onChange(members.filter((each) => each !== member))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      {wrong && <p className="field-wrong">{wrong}</p>}
      <select
        className="input select many-add"
        aria-label={t('many.add', { what: t('queue.members') })}
        value=""
        onChange={({ target: { value } }) =>
          value !== '' && onChange([...members, { userId: userIdOf(value), level: 1, skills: [] }])
        }
      >
        <option value="">{t('queue.add-member')}</option>
        {left.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

const hasLevels = (strategy: string): boolean => strategy === 'in-order' || strategy === 'skills';

function MemberHeads({ strategy, isSaved }: { readonly strategy: string; readonly isSaved: boolean }) {
  return (
    <thead>
      <tr>
        <th scope="col">{t('card.name')}</th>
        {hasLevels(strategy) && <th scope="col">{t('queue.level')}</th>}
        {strategy === 'skills' && <th scope="col">{t('queue.skills')}</th>}
        {isSaved && <th scope="col">{t('queue.now')}</th>}
        <th scope="col">
          <span className="visually-hidden">{t('action.remove')}</span>
        </th>
      </tr>
    </thead>
  );
}

interface MemberFieldsProps {
  readonly member: QueueMember;
  readonly name: string;
  readonly strategy: string;
  readonly onChange: (member: QueueMember) => void;
}

function MemberFields({ member, name, strategy, onChange }: MemberFieldsProps) {
  const skillsOf = (typed: string) => typed.split(',').map((skill) => skill.trimStart());
  return (
    <>
      {hasLevels(strategy) && (
        <td>
          <input
            type="number"
            className="input num input-level"
            aria-label={t('queue.level-of', { name })}
            min={1}
            max={100}
            required
            value={member.level}
            onChange={({ target: { valueAsNumber } }) =>
              Number.isInteger(valueAsNumber) && onChange({ ...member, level: valueAsNumber })
            }
          />
        </td>
      )}
      {strategy === 'skills' && (
        <td className="member-skills">
          <input
            className="input"
            aria-label={t('queue.skills-of', { name })}
            placeholder={t('queue.skills-example')}
            value={member.skills.join(', ')}
            onChange={(event) => onChange({ ...member, skills: skillsOf(event.target.value) })}
            onBlur={() => onChange({ ...member, skills: member.skills.filter((skill) => skill.trim() !== '') })}
          />
        </td>
      )}
    </>
  );
}

/** Of who is saved as a member; a new one stands nowhere yet. */
function Standing({ queueId, userId }: { readonly queueId: string; readonly userId: string }) {
  const agent = useAgents(true).data?.find((one) => one.userId === userId);
  const turn = useTurnAgent();
  if (!agent?.memberOfQueueIds.includes(queueId)) return <td />;
  const isIn = agent.agentOfQueueIds.includes(queueId);
  return (
    <td>
      <span className="member-now">
        <span className={`lamp lamp-${agent.standing === 'free' ? 'up' : isIn ? 'busy' : 'off'}`}>
          {t(`standing.${isIn ? agent.standing : 'out'}`)}
        </span>
        <Button
          look="quiet"
          busy={turn.isPending}
          onClick={() =>
            turn.mutate(
              { userId, queueId, what: isIn ? 'log-out' : 'log-in' },
              { onError: (error) => notify('failed', problemWords(error)) },
            )
          }
        >
          {t(isIn ? 'queue.log-out' : 'queue.log-in')}
        </Button>
      </span>
    </td>
  );
}
