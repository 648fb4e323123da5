/** Makes an MP3 of a recording in this browser and saves it. */
import { convert } from './ffmpeg';

const bitrate = '64k';

/** Rejects if the recording cannot be fetched or converted here. */
export async function saveAsMp3(recordingUrl: string, fileName: string): Promise<void> {
  const bytes = await fetchBytes(recordingUrl);
  const args = ['-codec:a', 'libmp3lame', '-b:a', bitrate];
  save(await convert({ bytes, from: 'in.wav', to: 'out.mp3', args }), fileName);
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
