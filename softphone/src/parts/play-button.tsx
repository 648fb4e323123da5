/** Plays a short sound and stops it. Nothing is fetched before it is pressed; only one plays at a time. */
import { useRef, useState } from 'react';
import { notify } from '../frame/notices';
import { t } from '../text/text';
import { IconButton } from './button';

interface PlayButtonProps {
  readonly src: string;
  /** What is heard. */
  readonly name: string;
}

let sounding: HTMLAudioElement | undefined;

export function PlayButton({ src, name }: PlayButtonProps) {
  const element = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const toggle = () => {
    const audio = element.current;
    if (!audio) return;
    if (!audio.paused) {
      audio.pause();
      return;
    }
    sounding?.pause();
    sounding = audio;
    audio.currentTime = 0;
    audio.play().catch(() => undefined); // a refusal shows itself by the element's error
  };
  return (
    <>
      <IconButton
        icon={isPlaying ? 'stop' : 'play'}
        className="play-toggle"
        label={t(isPlaying ? 'sounds.stop' : 'sounds.play', { name })}
        onClick={toggle}
      />
      <audio
        ref={element}
        src={src}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onError={() => {
          setPlaying(false);
          notify('failed', t('sounds.unplayable', { name }));
        }}
      />
    </>
  );
}
