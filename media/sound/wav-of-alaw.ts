/** What is played, as a file that a browser plays: RIFF WAVE, A-law (format tag 6), 8 kHz, mono, with its `fact` chunk. */

const headerBytes = 58;

export function wavOfALaw(audio: Uint8Array): Buffer {
  const wav = Buffer.alloc(headerBytes + audio.length);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(headerBytes - 8 + audio.length, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(18, 16);
  wav.writeUInt16LE(6, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(8000, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('fact', 38, 'latin1');
  wav.writeUInt32LE(4, 42);
  wav.writeUInt32LE(audio.length, 46);
  wav.write('data', 50, 'latin1');
  wav.writeUInt32LE(audio.length, 54);
  wav.set(audio, headerBytes);
  return wav;
}
