/** Plays one recording: seek, speed, one side or both, save. The native audio element does the work, under our own controls. */
import { useEffect, useRef, useState } from 'react';
import type { Recording } from '../../../server/api/messages';
import { audioPath } from '../api/calls';
import { IconButton } from '../parts/button';
import { t } from '../text/text';
import { duration } from '../text/times';
import { closeChannels, hear, type Side } from './channels';
import { type Playback, play, usePlayback } from './playback';
import { SaveMenu } from './save-menu';

const speeds = [1, 1.5, 2] as const;
const sides: readonly Side[] = ['both', 'client', 'us'];

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

interface PlayerProps {
  readonly recording: Recording;
  /** When the call began; names the saved file. */
  readonly at: string;
  readonly playsAtOnce?: boolean;
  /** Only this part of it: a message, in which nobody but the caller speaks. */
  readonly stretch?: Stretch;
}

export function Player(props: PlayerProps) {
  const { state, sizeBytes } = props.recording;
  if (state !== 'incomplete' || sizeBytes > 0) return <Controls {...props} />;
  return <p className="player player-note">{t('recording.lost')}</p>;
}

function Controls({ recording, at, playsAtOnce = false, stretch }: PlayerProps) {
  const element = useRef<HTMLAudioElement>(null);
  const isRunning = recording.state === 'running';
  const playback = usePlayback({ element, lengthS: recording.durationMs / 1000, isRunning, ...stretchInS(stretch) });
  useEffect(() => {
    const audio = element.current;
    if (audio && playsAtOnce) play(audio);
    return () => {
      if (audio) closeChannels(audio);
    };
  }, [playsAtOnce]);
  return (
    <section className="player" aria-label={t('player.label')}>
      {/* biome-ignore lint: a recording of speech has no captions */}
      <audio ref={element} src={audioPath(recording.id)} preload={playsAtOnce ? 'auto' : 'metadata'} />
      <IconButton
        className="player-play"
        icon={playback.isPlaying ? 'pause' : 'play'}
        label={t(playback.isPlaying ? 'player.pause' : 'player.play')}
        aria-busy={playback.isWaiting}
        onClick={playback.toggle}
      />
      <Position playback={playback} />
      {!stretch && <Sides element={element} />}
      <Speed element={element} />
      <SaveMenu recordingId={recording.id} at={at} />
      {isRunning && <span className="rec">{t('recording.running')}</span>}
      {recording.state === 'incomplete' && <span className="player-note">{t('recording.incomplete')}</span>}
      {playback.failed && (
        <span className="player-wrong" role="alert">
          {t('player.failed')}
        </span>
      )}
    </section>
  );
}

const stretchInS = (stretch: Stretch | undefined) =>
  stretch === undefined ? {} : { fromS: stretch.fromMs / 1000, toS: stretch.toMs / 1000 };

function Position({ playback }: { readonly playback: Playback }) {
  const { atS, lengthS, seek } = playback;
  const words = `${duration(atS * 1000)} / ${duration(lengthS * 1000)}`;
  const played = lengthS > 0 ? Math.min(1, atS / lengthS) : 0;
  return (
    <>
      <input
        type="range"
        className="player-range"
        aria-label={t('player.position')}
        aria-valuetext={words}
        min={0}
        max={Math.max(lengthS, 0.1)}
        step={0.1}
        value={Math.min(atS, lengthS)}
        style={{ backgroundSize: `${played * 100}% 100%` }}
        onChange={(event) => seek(Number(event.target.value))}
      />
      <span className="num player-time" aria-hidden="true">
        {words}
      </span>
    </>
  );
}

type ElementRef = React.RefObject<HTMLAudioElement | null>;

/** Whose side is heard. */
function Sides({ element }: { readonly element: ElementRef }) {
  const [side, setSide] = useState<Side>('both');
  const choose = (next: Side) => {
    setSide(next);
    if (element.current) hear(element.current, next);
  };
  return (
    <div className="toggle-group" role="group" aria-label={t('player.sides')}>
      {sides.map((each) => (
        <button key={each} type="button" aria-pressed={side === each} onClick={() => choose(each)}>
          {t(`player.side-${each}`)}
        </button>
      ))}
    </div>
  );
}

function Speed({ element }: { readonly element: ElementRef }) {
  const [speed, setSpeed] = useState<number>(1);
  const next = () => {
    const place = speeds.findIndex((each) => each === speed);
    const chosen = speeds[(place + 1) % speeds.length] ?? 1;
    setSpeed(chosen);
    if (element.current) element.current.playbackRate = chosen;
  };
  return (
    <button
      type="button"
      className="player-speed num"
      aria-label={t('player.speed', { speed })}
      title={t('player.speed', { speed })}
      onClick={next}
    >
      {speed}×
    </button>
  );
}
