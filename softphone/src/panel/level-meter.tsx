/** How loud the microphone hears me. In a tab that has no microphone (another one leads) there is none. */
import { useEffect, useRef } from 'react';
import { watchLevel } from '../phone/level';
import { phone } from '../phone/phone';
import { t } from '../text/text';

interface LevelMeterProps {
  readonly isMuted?: boolean;
  /** Left out: the phone's microphone. */
  readonly stream?: MediaStream;
}

export function LevelMeter({ isMuted = false, stream }: LevelMeterProps) {
  const meter = useRef<HTMLMeterElement>(null);
  const heard = stream ?? phone.heardByMicrophone();
  useEffect(() => {
    if (heard === undefined || isMuted) return undefined;
    return watchLevel(heard, (level) => {
      if (meter.current) meter.current.value = level;
    });
  }, [heard, isMuted]);
  if (heard === undefined) return null;
  return <meter ref={meter} className="level" min={0} max={1} value={0} aria-label={t('microphone.level')} />;
}
