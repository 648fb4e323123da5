/**
 * What runs inside Chromium for tests of browser audio: one RTCPeerConnection that speaks a tone and listens. These
 * functions are sent to the page as they are, so they use nothing from outside themselves.
 */

export interface Listening {
  readonly hz: number;
  readonly dbfs: number;
}

interface Phone {
  readonly context: AudioContext;
  readonly pc: RTCPeerConnection;
  readonly ear: AnalyserNode;
}

declare global {
  var phone: Phone;
}

/** Makes the phone of a page: it will speak a tone of -10 dBFS. */
export async function makePhone(hz: number): Promise<void> {
  const context = new AudioContext();
  await context.resume();
  const tone = new OscillatorNode(context, { frequency: hz });
  const level = new GainNode(context, { gain: 10 ** (-10 / 20) });
  const voice = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  tone.connect(level).connect(voice);
  tone.start();
  const pc = new RTCPeerConnection();
  const ear = new AnalyserNode(context, { fftSize: 16_384 });
  let source: AudioNode | undefined;
  pc.ontrack = ({ track }) => {
    // Told of the same track again when it comes back from hold: heard twice, it would cancel itself out.
    source?.disconnect();
    const stream = new MediaStream([track]);
    // Chromium decodes a far stream only for an element that plays it.
    const player = new Audio();
    player.srcObject = stream;
    void player.play();
    source = context.createMediaStreamSource(stream);
    source.connect(ear);
  };
  for (const track of voice.stream.getAudioTracks()) pc.addTrack(track, voice.stream);
  globalThis.phone = { context, pc, ear };
}

/** The description that stands once all candidates are in it. */
export async function offerOf(options: RTCOfferOptions): Promise<string> {
  const { pc } = globalThis.phone;
  await pc.setLocalDescription(await pc.createOffer(options));
  while (pc.iceGatheringState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 5));
  return pc.localDescription?.sdp ?? '';
}

export async function answerTo(sdp: string): Promise<string> {
  const { pc } = globalThis.phone;
  await pc.setRemoteDescription({ type: 'offer', sdp });
  await pc.setLocalDescription(await pc.createAnswer());
  while (pc.iceGatheringState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 5));
  return pc.localDescription?.sdp ?? '';
}

export async function takeAnswer(sdp: string): Promise<void> {
  await globalThis.phone.pc.setRemoteDescription({ type: 'answer', sdp });
}

export function turn(direction: RTCRtpTransceiverDirection): void {
  for (const transceiver of globalThis.phone.pc.getTransceivers()) transceiver.direction = direction;
}

/** How loud these tones are in the last third of a second that was heard, by Goertzel's algorithm. */
export function listen(tones: readonly number[]): readonly Listening[] {
  const { ear, context } = globalThis.phone;
  const heard = new Float32Array(ear.fftSize);
  ear.getFloatTimeDomainData(heard);
  return tones.map((hz) => {
    const coefficient = 2 * Math.cos((2 * Math.PI * hz) / context.sampleRate);
    let before = 0;
    let last = 0;
    for (const sample of heard) [before, last] = [last, sample + coefficient * last - before];
    const power = last * last + before * before - coefficient * last * before;
    const amplitude = (2 * Math.sqrt(Math.max(power, 0))) / heard.length;
    return { hz, dbfs: amplitude < 1e-6 ? -120 : 20 * Math.log10(amplitude) };
  });
}

/** MIME type of what is received. */
export async function codecHeard(): Promise<string> {
  const stats = await globalThis.phone.pc.getStats();
  for (const row of stats.values()) {
    if (row.type === 'inbound-rtp' && row.codecId !== undefined) return String(stats.get(row.codecId)?.mimeType);
  }
  return 'none';
}

export function connectionState(): string {
  return globalThis.phone.pc.connectionState;
}
