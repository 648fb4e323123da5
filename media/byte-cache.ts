/** Files in memory up to a number of bytes; the one that was not wanted for the longest time goes first. */

type Bytes = Uint8Array | undefined;

export class ByteCache {
  /** In the order of use, the latest last. */
  private readonly files = new Map<string, Uint8Array>();
  private readonly reading = new Map<string, Promise<Bytes>>();
  private readonly bytesMax: number;
  private readonly read: (file: string) => Promise<Bytes>;
  private bytes = 0;

  /** @param read gives undefined for a file that is not there, and never rejects */
  constructor(bytesMax: number, read: (file: string) => Promise<Bytes>) {
    this.bytesMax = bytesMax;
    this.read = read;
  }

  /** The first of these files that is there: at once if it is known, else when it was looked for. */
  first(files: readonly string[]): Bytes | Promise<Bytes> {
    const [file, ...others] = files;
    if (file === undefined) return undefined;
    const known = this.use(file);
    if (known !== undefined) return known;
    return this.load(file).then((bytes) => bytes ?? this.first(others));
  }

  forget(file: string): void {
    this.bytes -= this.files.get(file)?.length ?? 0;
    this.files.delete(file);
    this.reading.delete(file);
  }

  private use(file: string): Bytes {
    const bytes = this.files.get(file);
    if (bytes === undefined) return undefined;
    this.files.delete(file);
    this.files.set(file, bytes);
    return bytes;
  }

  private load(file: string): Promise<Bytes> {
    const running = this.reading.get(file);
    if (running !== undefined) return running;
    const loading = this.read(file).then((bytes) => {
      // Forgotten meanwhile: whoever asked before hears it, nobody after.
      if (this.reading.get(file) !== loading) return bytes;
      this.reading.delete(file);
      if (bytes !== undefined) this.keep(file, bytes);
      return bytes;
    });
    this.reading.set(file, loading);
    return loading;
  }

  private keep(file: string, bytes: Uint8Array): void {
    this.files.set(file, bytes);
    this.bytes += bytes.length;
    for (const oldest of this.files.keys()) {
      if (this.bytes <= this.bytesMax) return;
      this.forget(oldest);
    }
  }
}
