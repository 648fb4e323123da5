/** The part of @evan/opus that we use: its WebAssembly build, which it ships without types. */
declare module '@evan/opus/wasm/index.js' {
  interface Options {
    readonly channels: 1 | 2;
    readonly sample_rate: 8000 | 12000 | 16000 | 24000 | 48000;
  }
  export class Decoder {
    constructor(options: Options);
    /** 16 bit samples, little endian. @throws Error for what is no Opus packet */
    decode(packet: Uint8Array): Uint8Array;
    /** Gives its memory back. */
    drop(): void;
  }
  export class Encoder {
    constructor(options: Options & { readonly application: 'voip' | 'audio' | 'restricted_lowdelay' });
    ctl(request: number, value: number): number;
    encode(samples: Int16Array): Uint8Array;
    drop(): void;
  }
}
