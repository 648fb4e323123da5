/**
 * A piece of a recording as a source of sound: the left channel of an A-law stereo WAV, read in pieces of two seconds,
 * the next while one is heard, so that an hour costs no more memory than a word. What is no such file is not there.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { aLawSilence } from './codec/g711';
import type { SoundSource } from './player';

const pieceSamples = 16_000;
const samplesPerMs = 8;
const frameBytes = 2;
const headBytesMax = 4096;
const aLawFormat = 6;

export interface RecordedPiece {
  /** The first that can be opened is it. */
  readonly files: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
}

export class RecordedSound implements SoundSource {
  isWhole = true;
  private readonly whole: RecordedPiece;
  private file: FileHandle | undefined;
  private isClosed = false;
  /** Everything was read; what is in `pieces` is the rest. */
  private isRead = false;
  private isReading = true;
  private readonly pieces: Uint8Array[] = [];
  private position = 0;
  private readAtByte = 0;
  private endByte = 0;

  constructor(piece: RecordedPiece) {
    this.whole = piece;
    this.work(() => this.begin());
  }

  get isOver(): boolean {
    return this.isRead && this.pieces.length === 0;
  }

  fill(frame: Uint8Array): void {
    let at = 0;
    while (at < frame.length) {
      const piece = this.pieces[0];
      if (piece === undefined) break;
      const length = Math.min(frame.length - at, piece.length - this.position);
      frame.set(piece.subarray(this.position, this.position + length), at);
      at += length;
      this.position += length;
      if (this.position < piece.length) continue;
      this.position = 0;
      this.pieces.shift();
    }
    // A disk that does not keep up is heard as a pause.
    frame.fill(aLawSilence, at);
    if (this.pieces.length < 2 && !this.isRead && !this.isReading) this.work(() => this.readPiece());
  }

  close(): void {
    this.isClosed = true;
    this.isRead = true;
    this.pieces.length = 0;
    // While something is read the handle is given back behind it.
    if (!this.isReading) this.giveBack();
  }

  private work(step: () => Promise<void>): void {
    this.isReading = true;
    const failed = (): void => {
      this.isWhole = false;
      this.isRead = true;
    };
    void step()
      .catch(failed)
      .then(() => {
        this.isReading = false;
        if (this.isRead) this.giveBack();
      });
  }

  private async begin(): Promise<void> {
    for (const name of this.whole.files) {
      this.file = await open(name).catch(() => undefined);
      if (this.file !== undefined) break;
    }
    if (this.file === undefined) throw new Error('no such recording');
    const head = Buffer.alloc(headBytesMax);
    const { bytesRead } = await this.file.read(head, 0, headBytesMax, 0);
    const audioAt = audioPlaceIn(head.subarray(0, bytesRead));
    if (audioAt === undefined) throw new Error('no recording of ours');
    this.readAtByte = audioAt + Math.max(0, Math.floor(this.whole.fromMs * samplesPerMs)) * frameBytes;
    this.endByte = audioAt + Math.floor(this.whole.toMs * samplesPerMs) * frameBytes;
    await this.readPiece();
  }

  private async readPiece(): Promise<void> {
    const wanted = Math.min(pieceSamples * frameBytes, this.endByte - this.readAtByte);
    if (this.file === undefined || wanted <= 0 || this.isClosed) {
      this.isRead = true;
      return;
    }
    const stereo = Buffer.alloc(wanted);
    const { bytesRead } = await this.file.read(stereo, 0, wanted, this.readAtByte);
    this.readAtByte += bytesRead;
    if (bytesRead >= frameBytes && !this.isClosed) this.pieces.push(leftOf(stereo.subarray(0, bytesRead)));
    if (bytesRead < wanted || this.readAtByte >= this.endByte) this.isRead = true;
  }

  private giveBack(): void {
    const { file } = this;
    this.file = undefined;
    // Nothing was written: there is nothing to lose when it cannot be closed.
    void file?.close().catch(() => undefined);
  }
}

function leftOf(stereo: Uint8Array): Uint8Array {
  const left = new Uint8Array(stereo.length >> 1);
  for (let i = 0; i < left.length; i++) left[i] = stereo[i * 2] ?? aLawSilence;
  return left;
}

/** Where the samples of an A-law stereo WAV begin; undefined for anything else. */
function audioPlaceIn(head: Buffer): number | undefined {
  if (head.length < 12 || head.toString('latin1', 0, 4) !== 'RIFF') return undefined;
  let isOurs = false;
  for (let at = 12; at + 8 <= head.length; at += 8 + head.readUInt32LE(at + 4)) {
    const name = head.toString('latin1', at, at + 4);
    if (name === 'data') return isOurs ? at + 8 : undefined;
    if (name === 'fmt ' && at + 12 <= head.length)
      isOurs = head.readUInt16LE(at + 8) === aLawFormat && head.readUInt16LE(at + 10) === 2;
  }
  return undefined;
}
