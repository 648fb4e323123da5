/**
 * A headset for pages in real Chromium: a microphone that says a tone over and over, an ear on what arrives from the other end, and one on
 * what the page plays. The functions below the line are sent into the page as they are, so they use nothing from outside themselves.
 */
import { writeFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { sampleRateHz, sine } from '../audio/tone';
import { wavOf } from '../media/sound/wav-fixture';

/** A browser whose microphones all say this tone, allowed to whoever asks. The file is written there. */
export function headsetFlags(file: string, toneHz: number): readonly string[] {
  const samples = Array.from(sine({ frequencyHz: toneHz, samples: 60 * sampleRateHz }), (sample) => sample / 32768);
  writeFileSync(file, wavOf(samples, { coding: 'pcm16', rateHz: sampleRateHz, channels: 1 }));
  return [
    '--use-fake-device-for-media-stream=device-count=2',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-audio-capture=${file}`,
    '--allow-loopback-in-peer-connection',
  ];
}

/** For each page of this window, after each load. */
export async function wearHeadset(window: BrowserContext): Promise<void> {
  await window.addInitScript(inQuietRoom);
  await window.addInitScript(listenToPeers);
  await window.addInitScript(listenToPlayers);
}

/** How loud each of these tones is in the last third of a second that this ear heard, in dBFS of its peak. */
export const levelsHeard = (page: Page, ear: 'peers' | 'players', frequenciesHz: readonly number[]) =>
  page.evaluate(levelsAt, { ear, frequenciesHz });

// --- in the page ---

declare global {
  var ears: { peers?: AnalyserNode; players?: AnalyserNode };
  /** What the page asked of each microphone. */
  var wishes: (MediaTrackConstraints | undefined)[];
  /** The microphones it was given, the newest last. */
  var microphones: MediaStreamTrack[];
}

/** Noise suppression, which the page asks for, takes an even tone for noise: a test has no noise to suppress. */
function inQuietRoom(): void {
  globalThis.wishes = [];
  globalThis.microphones = [];
  const { mediaDevices } = navigator;
  if (mediaDevices === undefined) return;
  const take = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wished) => {
    const audio = typeof wished?.audio === 'object' ? wished.audio : {};
    globalThis.wishes.push(audio);
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const stream = await take({ ...wished, audio: { ...audio, ...plain } });
    globalThis.microphones.push(...stream.getAudioTracks());
    return stream;
  };
}

/** What the newest peer sends is heard, whoever plays it. */
function listenToPeers(): void {
  globalThis.ears = {};
  const Plain = globalThis.RTCPeerConnection;
  class Heard extends Plain {
    constructor(wish?: RTCConfiguration) {
      super(wish);
      this.addEventListener('track', ({ track }) => {
        const context = new AudioContext();
        const ear = new AnalyserNode(context, { fftSize: 16_384 });
        context.createMediaStreamSource(new MediaStream([track])).connect(ear);
        globalThis.ears.peers = ear;
      });
    }
  }
  globalThis.RTCPeerConnection = Heard;
}

/** All that the page lets sound by itself: tones, recordings, voices. */
function listenToPlayers(): void {
  const { play } = HTMLMediaElement.prototype;
  const ears = new WeakMap<object, MediaStreamAudioSourceNode>();
  const listen = (stream: MediaStream): void => {
    const known = globalThis.ears.players;
    const ear = known ?? new AnalyserNode(new AudioContext(), { fftSize: 16_384 });
    globalThis.ears.players = ear;
    if (ears.has(stream) || !(ear.context instanceof AudioContext) || stream.getAudioTracks().length === 0) return;
    const source = ear.context.createMediaStreamSource(stream);
    source.connect(ear);
    ears.set(stream, source);
  };
  HTMLMediaElement.prototype.play = function heard(this: HTMLMediaElement & { captureStream(): MediaStream }) {
    if (this.srcObject instanceof MediaStream) listen(this.srcObject);
    else this.addEventListener('playing', () => listen(this.captureStream()), { once: true });
    return play.call(this);
  };
}

/** Goertzel's algorithm. */
function levelsAt({ ear, frequenciesHz }: { ear: 'peers' | 'players'; frequenciesHz: readonly number[] }): number[] {
  const heard = globalThis.ears[ear];
  if (heard === undefined) return frequenciesHz.map(() => -120);
  const samples = new Float32Array(heard.fftSize);
  heard.getFloatTimeDomainData(samples);
  return frequenciesHz.map((hz) => {
    const coefficient = 2 * Math.cos((2 * Math.PI * hz) / heard.context.sampleRate);
    let [before, last] = [0, 0];
    for (const sample of samples) [before, last] = [last, sample + coefficient * last - before];
    const power = last * last + before * before - coefficient * last * before;
    const amplitude = (2 * Math.sqrt(Math.max(power, 0))) / samples.length;
    return amplitude < 1e-6 ? -120 : 20 * Math.log10(amplitude);
  });
}
