/**
 * Makes an MP3 of a recording in this browser with @ffmpeg/ffmpeg and saves it. The core (32 MB, GPL) comes from its own
 * address on our server when this is first asked for, and is kept for the next time.
 */
import { FFmpeg } from '@ffmpeg/ffmpeg';

const coreUrl = '/ffmpeg/ffmpeg-core.js';
const wasmUrl = '/ffmpeg/ffmpeg-core.wasm';
const bitrate = '64k';

let loading: Promise<FFmpeg> | undefined;

/** Rejects if the recording cannot be fetched or the core is not there (an installation may leave it out). */
export async function saveAsMp3(recordingUrl: string, fileName: string): Promise<void> {
  const [ffmpeg, recording] = await Promise.all([engine(), fetchBytes(recordingUrl)]);
  const made = await convert(ffmpeg, recording);
  save(made, fileName);
}

function engine(): Promise<FFmpeg> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<FFmpeg> {
  const ffmpeg = new FFmpeg();
  const origin = location.origin;
  await ffmpeg.load({ coreURL: origin + coreUrl, wasmURL: origin + wasmUrl });
  return ffmpeg;
}

async function convert(ffmpeg: FFmpeg, recording: Uint8Array): Promise<Uint8Array> {
  await ffmpeg.writeFile('in.wav', recording);
  try {
    const status = await ffmpeg.exec(['-i', 'in.wav', '-codec:a', 'libmp3lame', '-b:a', bitrate, 'out.mp3']);
    if (status !== 0) throw new Error(`ffmpeg ended with ${status}`);
    const made = await ffmpeg.readFile('out.mp3');
    if (typeof made === 'string') throw new Error('ffmpeg gave text');
    await ffmpeg.deleteFile('out.mp3');
    return made;
  } finally {
    await ffmpeg.deleteFile('in.wav');
  }
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function save(bytes: Uint8Array, fileName: string): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'audio/mpeg' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
