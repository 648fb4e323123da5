/**
 * The microphone as the browser gives it: asked for, watched, closed. With echo cancellation, noise suppression and gain. What goes
 * wrong has a name for the person (Media Capture and Streams, section 10.3.5).
 */
import { audioChoice } from './audio-choice';
import { silentTrack } from './audio-context';
import type { PhoneEvent } from './phone-event';
import type { MicrophoneProblem } from './phone-state';

const wishes: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/**
 * Asks for the chosen microphone, or any other one if it is not there. A wish (`ideal`) is not enough: Chromium gives the system's
 * microphone then although the chosen one is there (measured with Chromium 156 by --use-fake-ui-for-media-stream, December 2026).
 */
export async function openMicrophone(): Promise<MediaStream> {
  const { microphone } = audioChoice();
  if (microphone === '') return ask(wishes);
  try {
    return await ask({ ...wishes, deviceId: { exact: microphone } });
  } catch (error) {
    if (problemOf(error) !== 'missing') throw error;
    return ask(wishes);
  }
}

const ask = (audio: MediaTrackConstraints): Promise<MediaStream> => navigator.mediaDevices.getUserMedia({ audio });

export function problemOf(error: unknown): MicrophoneProblem {
  if (typeof navigator.mediaDevices === 'undefined') return 'not-secure';
  // OverconstrainedError is no DOMException in every browser.
  const name = typeof error === 'object' && error !== null && 'name' in error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return name === 'NotReadableError' || name === 'AbortError' ? 'in-use' : 'failed';
}

export class Microphone {
  private readonly post: (event: PhoneEvent) => void;
  private stream: MediaStream | undefined;
  /** Of several that were asked for, the last one counts. */
  private asked = 0;

  constructor(post: (event: PhoneEvent) => void) {
    this.post = post;
  }

  open(): void {
    const mine = ++this.asked;
    void openMicrophone().then(
      (stream) => {
        if (mine === this.asked) this.take(stream);
        else stopStream(stream);
      },
      (error: unknown) => {
        if (mine === this.asked) this.post({ type: 'microphone-failed', problem: problemOf(error) });
      },
    );
  }

  close(): void {
    this.asked++;
    if (this.stream) stopStream(this.stream);
    this.stream = undefined;
  }

  /** What it hears now, to be shown. */
  readonly heard = (): MediaStream | undefined => this.stream;

  /** A copy for one call, which mutes and ends on its own. */
  track(): MediaStreamTrack {
    return this.stream?.getAudioTracks()[0]?.clone() ?? silentTrack();
  }

  private take(stream: MediaStream): void {
    const [track] = stream.getAudioTracks();
    const before = this.stream?.getAudioTracks()[0];
    if (before?.readyState === 'live' && before.getSettings().deviceId === track?.getSettings().deviceId) {
      stopStream(stream); // the same one: whoever talks hears no gap
    } else {
      if (this.stream) stopStream(this.stream);
      this.stream = stream;
      track?.addEventListener('ended', () => {
        if (this.stream === stream) this.post({ type: 'microphone-ended' });
      });
    }
    this.post({ type: 'microphone-opened', label: track?.label ?? '' });
  }
}

export const stopStream = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop());
