/**
 * The header of a recording: RIFF WAVE, A-law (format tag 6), 8000 Hz, two channels, one byte a sample, with the `fact`
 * chunk that non-PCM formats carry. Always 58 bytes, so that sizes can be patched while the file grows and repaired
 * from the file's length after a crash.
 */

export const headerBytes = 58;
export const sampleRateHz = 8000;
/** One sample of both channels. */
export const frameBytes = 2;
/** A-law code of silence (ITU-T G.711: the smallest positive value). */
export const silenceByte = 0xd5;
const riffOverheadBytes = headerBytes - 8;
/** A RIFF size has 32 bits: 74 hours. */
export const samplesMax = Math.floor((0xffff_ffff - riffOverheadBytes) / frameBytes);

/** A header without sizes; `setSamples` makes it whole. */
export function emptyHeader(): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write('RIFF', 0, 'latin1');
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(18, 16);
  header.writeUInt16LE(6, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(8, 34);
  header.write('fact', 38, 'latin1');
  header.writeUInt32LE(4, 42);
  header.write('data', 50, 'latin1');
  return setSamples(header, 0);
}

/** Writes the sizes for so many samples (of both channels) into a header, in place. */
export function setSamples(header: Buffer, samples: number): Buffer {
  header.writeUInt32LE(riffOverheadBytes + samples * frameBytes, 4);
  header.writeUInt32LE(samples, 46);
  header.writeUInt32LE(samples * frameBytes, 54);
  return header;
}

/** Whether these are the first 58 bytes of a recording of ours, sizes aside. */
export function isRecordingHeader(bytes: Uint8Array): boolean {
  if (bytes.byteLength < headerBytes) return false;
  const plain = setSamples(Buffer.from(bytes.subarray(0, headerBytes)), 0);
  return plain.equals(emptyHeader());
}

/** Whole samples in a file of so many bytes. */
export function samplesInFile(sizeBytes: number): number {
  return Math.min(samplesMax, Math.max(0, Math.floor((sizeBytes - headerBytes) / frameBytes)));
}

export function sizeOfSamples(samples: number): number {
  return headerBytes + samples * frameBytes;
}

export function durationMsOf(samples: number): number {
  return Math.floor((samples * 1000) / sampleRateHz);
}
