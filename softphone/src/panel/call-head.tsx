/** The head of a call in the panel: who, the number, what it is doing and for how long, whether it is recorded. */
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useDesk } from '../api/desk';
import { useMe } from '../api/me';
import { useNameOf } from '../api/people';
import { DirectionMark } from '../calls/direction-mark';
import { isCalling, stateWords } from '../calls/live-words';
import { linkTo } from '../cards/links';
import { now } from '../clock';
import { useNow } from '../parts/use-now';
import { t } from '../text/text';
import { duration } from '../text/times';
import type { DeskCall } from './desk-calls';
import { otherEnd } from './other-end';

export function CallHead({ call, children }: { readonly call: DeskCall; readonly children?: ReactNode }) {
  const userId = useMe().data?.id;
  const { live } = call;
  const { name, number } = otherEnd(call, userId, useNameOf());
  return (
    <header className="pcall-head">
      {live && <DirectionMark call={live} outcome={isCalling(live) ? 'ringing' : 'talking'} />}
      <div className="pcall-who">
        <p className="pcall-name">
          {live?.card ? <Link to={linkTo(live.card.kind, live.card.id)}>{name}</Link> : name}
        </p>
        {number && <p className="dim num pcall-number">{number}</p>}
      </div>
      <div className="pcall-side">
        <Ticking call={call} />
        {children}
      </div>
    </header>
  );
}

/** What it does, beside the name: silent where the keys say it already. */
export function CallState({ call }: { readonly call: DeskCall }) {
  const queues = useDesk().data?.queues ?? [];
  return <span className="pcall-state">{wordsOf(call, (id) => queues.find((queue) => queue.id === id)?.name)}</span>;
}

function wordsOf(
  { live, headset, stage }: DeskCall,
  queueName: (id: string | undefined) => string | undefined,
): string {
  if (headset !== undefined && 'audio' in headset.state && headset.state.audio === 'lost') return t('phone.restoring');
  if (headset?.state.in === 'held') return t('live.held');
  if (headset?.state.in === 'starting' || headset?.state.in === 'dialling') return t('phone.calling');
  if (headset?.state.in === 'alerting') return t('outcome.ringing');
  if (live !== undefined) return stateWords(live, queueName);
  return t(stage === 'talk' ? 'outcome.talking' : 'outcome.ringing');
}

function Ticking({ call: { live, headset } }: { readonly call: DeskCall }) {
  useNow(1_000);
  const since = live?.answeredAt ?? live?.startedAt;
  const from =
    since !== undefined ? Date.parse(since) : headset && 'since' in headset.state ? headset.state.since : undefined;
  return <span className="num pcall-time">{from === undefined ? '' : duration(now() - from)}</span>;
}
