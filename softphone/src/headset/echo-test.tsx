/** Records the microphone for five seconds and plays it on the chosen speaker. What was recorded stays in the page and goes with it. */
import { useEffect, useRef, useState } from 'react';
import { after } from '../clock';
import { Button } from '../parts/button';
import { audioChoice } from '../phone/audio-choice';
import { t } from '../text/text';

const recordMs = 5_000;

type Echo = 'idle' | 'recording' | 'playing' | 'heard';

export function EchoTest({ stream }: { readonly stream: MediaStream }) {
  const [echo, setEcho] = useState<Echo>('idle');
  const end = useRef<() => void>(undefined);
  useEffect(() => () => end.current?.(), []);
  const begin = (): void => {
    setEcho('recording');
    end.current = record(stream, (recorded) => {
      setEcho('playing');
      end.current = play(recorded, () => setEcho('heard'));
    });
  };
  return (
    <div className="echo">
      <Button look="main" icon="mic" busy={echo === 'recording' || echo === 'playing'} onClick={begin}>
        {t('headset.record')}
      </Button>
      <span role="status" className="dim">
        {echo === 'idle' ? t('headset.record-why') : t(`headset.${echo}`)}
      </span>
    </div>
  );
}

function record(stream: MediaStream, done: (recorded: Blob) => void): () => void {
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  let isWanted = true;
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  recorder.addEventListener('stop', () => isWanted && done(new Blob(parts, { type: recorder.mimeType })));
  recorder.start();
  const cancel = after(recordMs, () => recorder.stop());
  return () => {
    isWanted = false;
    cancel();
    if (recorder.state === 'recording') recorder.stop();
  };
}

function play(recorded: Blob, done: () => void): () => void {
  const url = URL.createObjectURL(recorded);
  const element = new Audio(url);
  const { speaker } = audioChoice();
  const over = (): void => {
    URL.revokeObjectURL(url);
    done();
  };
  element.addEventListener('ended', over);
  element.addEventListener('error', over);
  const placed = speaker !== '' && 'setSinkId' in element ? element.setSinkId(speaker) : Promise.resolve();
  void placed.catch(() => undefined).then(() => element.play().catch(over)); // a speaker that is gone: the system's
  return () => {
    element.pause();
    URL.revokeObjectURL(url);
  };
}
