/** A talk with a client that has just ended: its note and outcome can still be written. Goes when closed, or with the next call. */
import { useState } from 'react';
import type { LiveCall } from '../../../server/api/messages';
import { useMe } from '../api/me';
import { useNameOf } from '../api/people';
import { linkToCall } from '../cards/links';
import { Link } from 'react-router';
import { IconButton } from '../parts/button';
import { t } from '../text/text';
import { CallNote } from './call-note';
import { ClientFacts } from './client-facts';
import type { DeskCall } from './desk-calls';
import { otherEnd } from './other-end';

export interface EndedTalk {
  readonly live: LiveCall;
  readonly close: () => void;
}

/** The last talk with somebody outside, once it is no more among my calls. */
export function useAfterCall(calls: readonly DeskCall[]): EndedTalk | undefined {
  const [last, setLast] = useState<LiveCall>();
  const talk = calls.find(
    ({ stage, live }) => stage === 'talk' && live !== undefined && live.direction !== 'internal',
  )?.live;
  // What is remembered follows from what is shown (React: adjusting state while rendering).
  if (talk !== undefined && talk !== last) setLast(talk);
  if (last === undefined || calls.some(({ stage }) => stage !== 'incoming')) return undefined;
  return { live: last, close: () => setLast(undefined) };
}

export function AfterCall({ ended: { live, close } }: { readonly ended: EndedTalk }) {
  const userId = useMe().data?.id;
  const call: DeskCall = { key: live.id, stage: 'talk', live, headset: undefined };
  const { name, number } = otherEnd(call, userId, useNameOf());
  return (
    <section className="pcall pcall-after" aria-label={t('phone.after', { name })}>
      <header className="pcall-head">
        <div className="pcall-who">
          <p className="pcall-name">{name}</p>
          {number && <p className="dim num pcall-number">{number}</p>}
        </div>
        <div className="pcall-side">
          <Link className="dim" to={linkToCall(live.id)}>
            {t('outcome.ended')}
          </Link>
          <IconButton icon="close" label={t('action.close')} onClick={close} />
        </div>
      </header>
      <CallNote callId={live.id} />
      <ClientFacts callId={live.id} />
    </section>
  );
}
