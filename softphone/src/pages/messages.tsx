/** What callers said to my mailbox and my groups', newest first. Playing one marks it as heard. */
import { useState } from 'react';
import type { Message } from '../../../server/api/messages';
import { useDesk, useMarkMessage, useMessages, useRemoveMessage } from '../api/desk';
import { problemWords } from '../api/problem';
import { CallButton } from '../calls/call-button';
import { callBackNumber } from '../calls/missed-groups';
import { linkTo, linkToCall } from '../cards/links';
import { notify } from '../frame/notices';
import { PageHead } from '../frame/page-head';
import { IconButton } from '../parts/button';
import { type Column, DataList } from '../parts/data-list';
import { Paged } from '../parts/paged';
import { RemoveButton } from '../parts/remove-button';
import { Empty } from '../parts/states';
import { MessagePlayer } from '../player/message-player';
import { shownNumber } from '../text/phone-number';
import { t } from '../text/text';
import { duration, fullTime, listTime } from '../text/times';

export default function Messages() {
  const list = useMessages();
  const mark = useMark();
  const [playing, setPlaying] = useState<string>();
  const toggle = (message: Message) => {
    if (playing === message.id) return setPlaying(undefined);
    if (message.heardAt === undefined) mark(message, true);
    return setPlaying(message.id);
  };
  const columns = useColumns({ playing, toggle, mark });
  return (
    <>
      <PageHead title={t('messages.title')} />
      <Paged list={list} empty={<Empty title={t('messages.none')}>{t('messages.none-why')}</Empty>}>
        <DataList
          label={t('messages.title')}
          rows={list.rows}
          columns={columns}
          keyOf={(message) => message.id}
          linkOf={({ card, callId }) => (card ? linkTo(card.kind, card.id) : linkToCall(callId))}
          linkLabel={(message) => `${nameOf(message)}, ${listTime(message.at)}`}
          className={({ heardAt }) => (heardAt === undefined ? 'is-new' : '')}
          fetchMore={list.fetchMore}
          unfold={(message) => message.id === playing && <MessagePlayer message={message} at={message.at} />}
        />
      </Paged>
    </>
  );
}

type Mark = (message: Message, heard: boolean) => void;

function useMark(): Mark {
  const mark = useMarkMessage();
  return ({ id }, heard) => mark.mutate({ id, heard }, { onError: (error) => notify('failed', problemWords(error)) });
}

const nameOf = (message: Message): string =>
  message.card?.name ?? message.caller.name ?? numberOf(message) ?? t('call.withheld');

function numberOf(message: Message): string | undefined {
  const number = callBackNumber(message);
  return number === undefined ? undefined : shownNumber(number);
}

interface InRow {
  readonly playing: string | undefined;
  readonly toggle: (message: Message) => void;
  readonly mark: Mark;
}

function useColumns(row: InRow): readonly Column<Message>[] {
  const mailboxes = useDesk().data?.mailboxes ?? [];
  const mailboxOf = ({ mailboxId }: Message) => mailboxes.find(({ id }) => id === mailboxId)?.name ?? '';
  const mailbox: Column<Message> = {
    key: 'mailbox',
    head: t('messages.mailbox'),
    track: 'minmax(0, 1.5fr)',
    narrow: 'none',
    show: mailboxOf,
  };
  return [
    {
      key: 'client',
      head: t('messages.from'),
      track: 'minmax(0, 2.4fr)',
      narrow: 'title',
      show: (message) => (
        <>
          {message.heardAt === undefined && <span className="new-mark">{t('messages.new')}</span>}
          {nameOf(message)}
        </>
      ),
    },
    {
      key: 'number',
      head: t('card.phone'),
      track: 'minmax(0, 9.5rem)',
      narrow: 'sub',
      show: (message) => <span className="num dim">{numberOf(message)}</span>,
    },
    ...(mailboxes.length > 1 ? [mailbox] : []),
    {
      key: 'length',
      head: t('messages.length'),
      track: '3.5rem',
      narrow: 'none',
      align: 'end',
      show: ({ fromMs, toMs }) => <span className="num">{duration(toMs - fromMs)}</span>,
    },
    {
      key: 'do',
      head: '',
      track: '8rem',
      narrow: 'sub-side',
      align: 'end',
      show: (message) => <RowButtons message={message} row={row} />,
    },
    {
      key: 'when',
      head: t('call.when'),
      track: 'minmax(0, 9.5rem)',
      narrow: 'side',
      align: 'end',
      show: ({ at }) => <time title={fullTime(at)}>{listTime(at)}</time>,
    },
  ];
}

function RowButtons({ message, row }: { readonly message: Message; readonly row: InRow }) {
  const remove = useRemoveMessage();
  const isOpen = row.playing === message.id;
  const name = nameOf(message);
  const length = duration(message.toMs - message.fromMs);
  return (
    <span className="row-buttons">
      <IconButton
        className="play-toggle"
        icon={isOpen ? 'close' : 'play'}
        aria-expanded={isOpen}
        label={isOpen ? t('player.close') : t('messages.play', { length })}
        onClick={() => row.toggle(message)}
      />
      <CallButton number={callBackNumber(message)} name={name} />
      <IconButton
        icon={message.heardAt === undefined ? 'check' : 'voicemail'}
        label={t(message.heardAt === undefined ? 'messages.mark-heard' : 'messages.mark-new')}
        onClick={() => row.mark(message, message.heardAt === undefined)}
      />
      <RemoveButton
        id={message.id}
        name={t('messages.one', { name })}
        text={t('messages.remove-why')}
        remove={remove}
      />
    </span>
  );
}
