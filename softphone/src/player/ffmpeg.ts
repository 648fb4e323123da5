/**
 * FFmpeg in this browser. The core (32 MB, GPL) comes from its own address on our server when it is first asked for, and is
 * kept for the next time. One conversion runs at a time.
 */
import { FFmpeg } from '@ffmpeg/ffmpeg';

const coreUrl = '/ffmpeg/ffmpeg-core.js';
const wasmUrl = '/ffmpeg/ffmpeg-core.wasm';

export interface Conversion {
  readonly bytes: Uint8Array;
  /** Names of the files; FFmpeg goes by their endings, and where there is none by what is in them. */
  readonly from: string;
  readonly to: string;
  /** Between the input and the output. */
  readonly args: readonly string[];
}

let loading: Promise<FFmpeg> | undefined;
let last: Promise<unknown> = Promise.resolve();

/** Rejects if the core is not there (an installation may leave it out) or cannot read the file. */
export function convert(conversion: Conversion): Promise<Uint8Array> {
  const made = last.then(() => run(conversion));
  last = made.catch(() => undefined); // whoever asked for it hears of it
  return made;
}

async function run({ bytes, from, to, args }: Conversion): Promise<Uint8Array> {
  const ffmpeg = await engine();
  await ffmpeg.writeFile(from, bytes);
  try {
    const status = await ffmpeg.exec(['-i', from, ...args, to]);
    if (status !== 0) throw new Error(`ffmpeg ended with ${status}`);
    const made = await ffmpeg.readFile(to);
    if (typeof made === 'string') throw new Error('ffmpeg gave text');
    await ffmpeg.deleteFile(to);
    return made;
  } finally {
    await ffmpeg.deleteFile(from);
  }
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
  const { origin } = location;
  await ffmpeg.load({ coreURL: origin + coreUrl, wasmURL: origin + wasmUrl });
  return ffmpeg;
}
