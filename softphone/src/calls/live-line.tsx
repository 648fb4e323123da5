/** One live call: a line, its one or two buttons, and a menu with the rest. */
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { LiveCall } from '../../../server/api/messages';
import { useSendCommand } from '../api/call-commands';
import { useDesk } from '../api/desk';
import { useNameOf } from '../api/people';
import { problemWords } from '../api/problem';
import { linkTo, linkToCall } from '../cards/links';
import { every, now } from '../clock';
import { notify } from '../frame/notices';
import { Button } from '../parts/button';
import { t } from '../text/text';
import { duration } from '../text/times';
import { AskDialog } from './ask-dialog';
import { clientName, clientNumber, ourSide } from './call-words';
import { type Command, commandsFor } from './commands';
import { DirectionMark } from './direction-mark';
import { LiveMenu } from './live-menu';
import { useLooker } from './use-looker';
import { isCalling, joiningNames, memberNames, stateWords } from './live-words';

export function LiveLine({ call }: { readonly call: LiveCall }) {
  const [asking, ask] = useState<Extract<Command, { readonly kind: 'asks' }>>();
  const send = useSendCommand();
  const { buttons, menu } = commandsFor(call, useLooker());
  const name = clientName(call, useNameOf());
  const run = (command: Command) => {
    if (command.kind === 'asks') return ask(command);
    const { path, body } = command;
    return send.mutate({ callId: call.id, path, body }, { onError: (error) => notify('failed', problemWords(error)) });
  };
  return (
    <li className="live-line">
      <Who call={call} name={name} />
      <span className="live-buttons">
        {buttons.map((command) => (
          <Button key={command.name} busy={send.isPending} onClick={() => run(command)}>
            {t(`command.${command.name}`)}
          </Button>
        ))}
        {menu.length > 0 && <LiveMenu name={name} commands={menu} onRun={run} />}
      </span>
      {asking && <AskDialog call={call} asking={asking} name={name} onClose={() => ask(undefined)} />}
    </li>
  );
}

function Who({ call, name }: { readonly call: LiveCall; readonly name: string }) {
  const nameOf = useNameOf();
  const queues = useDesk().data?.queues ?? [];
  const outcome = isCalling(call) ? 'ringing' : 'talking';
  const number = clientNumber(call);
  return (
    <>
      <DirectionMark call={call} outcome={outcome} />
      <span className="live-who">
        <Link className="live-name" to={call.card ? linkTo(call.card.kind, call.card.id) : linkToCall(call.id)}>
          {name}
        </Link>
        {number !== name && <span className="num dim">{number}</span>}
        <span className="live-ours">{withWhom(call, nameOf)}</span>
      </span>
      {call.recording === 'running' && <span className="rec">{t('recording.running')}</span>}
      {call.recording === 'paused' && <span className="rec rec-paused">{t('recording.paused')}</span>}
      <span className={`live-state live-${outcome}`}>
        {stateWords(call, (id) => queues.find((queue) => queue.id === id)?.name)}
      </span>
      <Ticking since={call.answeredAt ?? call.startedAt} />
    </>
  );
}

/** Our side; of a conference all who are in it, and whoever is rung to join. */
function withWhom(call: LiveCall, nameOf: (userId: string | undefined) => string | undefined): string {
  if (call.state !== 'conferring') return ourSide(call, nameOf);
  const joining = joiningNames(call, nameOf).map((name) => t('live.joining', { name }));
  return [...memberNames(call, nameOf), ...joining].join(', ');
}

export function Ticking({ since }: { readonly since: string }) {
  const [at, setAt] = useState(now);
  useEffect(() => every(1_000, () => setAt(now())), []);
  return <span className="num live-time">{duration(at - Date.parse(since))}</span>;
}
