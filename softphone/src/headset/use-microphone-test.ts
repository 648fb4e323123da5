/** A microphone that is open only for the test, and closed when one leaves; opened anew when another one is chosen. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { audioChoice, watchAudioChoice } from '../phone/audio-choice';
import { openMicrophone, problemOf, stopStream } from '../phone/microphone';
import type { MicrophoneProblem } from '../phone/phone-state';

interface MicrophoneTest {
  readonly stream: MediaStream | undefined;
  readonly problem: MicrophoneProblem | undefined;
  readonly isAsking: boolean;
  readonly open: () => void;
}

export function useMicrophoneTest(): MicrophoneTest {
  const [stream, setStream] = useState<MediaStream>();
  const [problem, setProblem] = useState<MicrophoneProblem>();
  const [isAsking, setAsking] = useState(false);
  const { microphone } = useSyncExternalStore(watchAudioChoice, audioChoice);
  const wanted = useRef<string>(undefined);
  const open = (): void => {
    wanted.current = microphone;
    setAsking(true);
    setProblem(undefined);
    void openMicrophone()
      .then(
        (opened) => {
          const [track] = opened.getAudioTracks();
          track?.addEventListener('ended', () => {
            setStream(undefined);
            setProblem('unplugged');
          });
          setStream(opened);
        },
        (error: unknown) => setProblem(problemOf(error)),
      )
      .finally(() => setAsking(false));
  };
  useEffect(() => () => stream && stopStream(stream), [stream]);
  useEffect(() => {
    if (wanted.current !== undefined && wanted.current !== microphone) open();
  });
  return { stream, problem, isAsking, open };
}
