/** A call I am in, or am calling: its head, the row of keys, what they open, the client, what is written on it. */
import { useNameOf } from '../api/people';
import { joiningNames, memberNames } from '../calls/live-words';
import { Button } from '../parts/button';
import { Icon, type IconName } from '../parts/icon';
import { t } from '../text/text';
import { CallHead, CallState } from './call-head';
import { CallNote } from './call-note';
import { ClientFacts } from './client-facts';
import { type DeskCall, isWaiting } from './desk-calls';
import { Keypad } from './keypad';
import { LevelMeter } from './level-meter';
import type { Offer } from './panel-commands';
import { PassOn } from './pass-on';
import { QualityMark } from './quality-mark';
import { TalkMenu } from './talk-menu';
import { type Running, useRun } from './use-run';

interface TalkProps {
  readonly call: DeskCall;
  /** I talk with somebody else meanwhile: one line and its keys. */
  readonly isAside: boolean;
}

export function Talk({ call, isAside }: TalkProps) {
  const running = useRun(call);
  const { live, headset, stage } = call;
  return (
    <li className={`pcall ${isWaiting(call) ? 'pcall-held' : ''}`}>
      <div className="pcall-half">
        <CallHead call={call}>
          <QualityMark callId={isAside ? undefined : live?.id} />
        </CallHead>
        <p className="pcall-line">
          <CallState call={call} />
          {headset === undefined && <span className="dim">{t('phone.on-other')}</span>}
          {headset?.state.in === 'talking' && <LevelMeter isMuted={headset.state.muted} />}
          {live?.recording === 'running' && <span className="rec">{t('recording.running')}</span>}
          {live?.recording === 'paused' && <span className="rec rec-paused">{t('recording.paused')}</span>}
        </p>
        <Members call={call} />
        <Keys running={running} />
        {running.hasKeypad && <Keypad onPress={running.press} />}
        {running.asked && live && (
          <PassOn key={running.asked.name} call={live} asked={running.asked} onDone={running.close} />
        )}
      </div>
      {!isAside && (
        <div className="pcall-half">
          <ClientFacts callId={live?.id} />
          {live && live.direction !== 'internal' && stage === 'talk' && <CallNote callId={live.id} />}
        </div>
      )}
    </li>
  );
}

function Members({ call: { live } }: { readonly call: DeskCall }) {
  const nameOf = useNameOf();
  if (live?.state !== 'conferring') return null;
  const joining = joiningNames(live, nameOf).map((name) => t('live.joining', { name }));
  return <p className="pcall-members">{[...memberNames(live, nameOf), ...joining].join(', ')}</p>;
}

const icons: Partial<Readonly<Record<Offer['name'], IconName>>> = {
  mute: 'mic',
  unmute: 'mic-off',
  hold: 'pause',
  resume: 'play',
  digits: 'keypad',
  transfer: 'forward',
  complete: 'check',
  cancel: 'back',
  join: 'clients',
};
const pressed: ReadonlySet<Offer['name']> = new Set<Offer['name']>(['unmute', 'resume']);

function Keys({ running }: { readonly running: Running }) {
  const { keys, menu, end, run, isPending, asked, hasKeypad } = running;
  const isOpen = (name: Offer['name']): boolean | undefined =>
    name === 'digits' ? hasKeypad : name === 'transfer' ? asked?.name === 'transfer' : undefined;
  return (
    <div className="pkeys" role="group" aria-label={t('phone.keys')}>
      {keys.map((offer) => (
        <button
          key={offer.name}
          type="button"
          className={`pkey ${pressed.has(offer.name) ? 'is-on' : ''}`}
          disabled={isPending && offer.by === 'server'}
          aria-expanded={isOpen(offer.name)}
          onClick={() => run(offer)}
        >
          <Icon name={icons[offer.name] ?? 'more'} />
          <span>{t(offer.name === 'digits' ? 'phone.keypad' : `command.${offer.name}`)}</span>
        </button>
      ))}
      {menu.length > 0 && <TalkMenu offers={menu} onRun={run} />}
      {end && (
        <Button look="danger" icon="hang-up" busy={isPending && end.by === 'server'} onClick={() => run(end)}>
          {t(`command.${end.name}`)}
        </Button>
      )}
    </div>
  );
}
