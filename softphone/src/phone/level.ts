/** How loud a stream is, ten times a second: 0 is silence, 1 as loud as it gets (60 dB are shown). */
import { every } from '../clock';
import { audioContext } from './audio-context';

const lookEveryMs = 100;
const shownDb = 60;

/** The answer ends it. */
export function watchLevel(stream: MediaStream, tell: (level: number) => void): () => void {
  const context = audioContext();
  const source = context.createMediaStreamSource(stream);
  const analyser = context.createAnalyser();
  analyser.fftSize = 1_024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const stop = every(lookEveryMs, () => {
    analyser.getFloatTimeDomainData(samples);
    tell(levelOf(samples));
  });
  return () => {
    stop();
    source.disconnect();
  };
}

export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  if (power === 0) return 0;
  return Math.max(0, Math.min(1, 1 + (10 * Math.log10(power)) / shownDb));
}
