/**
 * An operator at a page with a headset on: real Chromium with a microphone that says a tone, and an ear on what the page plays.
 * A browser of their own, because the fake microphone's sound belongs to the whole browser.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { sine } from '../audio/tone';
import { clock } from '../service/running-office';
import { pause } from '../service/call-tools';
import { type Credentials, logIn, openBrowser, openPage } from './open-browser';

export interface OperatorWish extends Credentials {
  /** Of the service. */
  readonly url: string;
  readonly toneHz: number;
}

const hearsWithinMs = 10_000;
const quietDbfs = -45;
const loudDbfs = -30;

export class Operator {
  readonly page: Page;
  readonly toneHz: number;
  readonly mistakes: readonly string[];
  private readonly browser: Browser;
  private readonly folder: string;

  private constructor(browser: Browser, opened: Pick<Operator, 'page' | 'toneHz' | 'mistakes'>, folder: string) {
    this.browser = browser;
    this.page = opened.page;
    this.mistakes = opened.mistakes;
    this.toneHz = opened.toneHz;
    this.folder = folder;
  }

  /** Resolves when their phone is registered. */
  static async open({ url, toneHz, ...credentials }: OperatorWish): Promise<Operator> {
    const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-operator-'));
    const file = path.join(folder, 'tone.wav');
    writeFileSync(file, wavOf(toneHz));
    const browser = await openBrowser([
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${file}`,
      '--allow-loopback-in-peer-connection',
    ]);
    const { page, mistakes } = await openPage(browser, { url });
    await page.addInitScript(inQuietRoom);
    await page.addInitScript(listenToPeers);
    await logIn(page, credentials);
    const operator = new Operator(browser, { page, toneHz, mistakes }, folder);
    await page.getByRole('button', { name: 'Phone. Headset: ready' }).waitFor();
    return operator;
  }

  /** By the field to dial. */
  async call(number: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Phone\. / }).click();
    const form = this.page.getByRole('form', { name: 'Dial' });
    await form.getByRole('combobox', { name: 'Call whom' }).fill(number);
    await form.getByRole('button', { name: 'Call', exact: true }).click();
  }

  async answer(): Promise<void> {
    await this.page.getByRole('button', { name: /^Answer/ }).click();
  }

  async hangUp(): Promise<void> {
    await this.page.getByRole('button', { name: /^Hang up/ }).click();
  }

  /** Waits until this tone is heard, and none of the others. */
  async hears(hz: number, ...others: readonly number[]): Promise<void> {
    const giveUpAt = clock.now() + hearsWithinMs;
    for (;;) {
      const levels = await this.page.evaluate(levelsAt, [hz, ...others, this.toneHz]);
      const [wanted = -120, ...rest] = levels;
      if (wanted > loudDbfs && rest.every((level) => level < quietDbfs)) return;
      if (clock.now() > giveUpAt) throw new Error(`heard ${levels.map((level) => level.toFixed(0)).join(', ')} dBFS`);
      await pause(100);
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A minute of the tone as 16-bit mono WAV at 8 kHz: Chromium plays it over and over. */
function wavOf(frequencyHz: number): Buffer {
  const samples = sine({ frequencyHz, samples: 60 * 8000 });
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}

/** Noise suppression, which the page asks for, takes an even tone for noise: a test has no noise to suppress. */
function inQuietRoom(): void {
  const { mediaDevices } = navigator;
  if (mediaDevices === undefined) return;
  const take = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (wished) => {
    const audio = typeof wished?.audio === 'object' ? wished.audio : {};
    const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    return take({ ...wished, audio: { ...audio, ...plain } });
  };
}

/** Everything a peer sends is heard by one ear, whoever plays it. */
function listenToPeers(): void {
  const Plain = globalThis.RTCPeerConnection;
  const place: { ear?: AnalyserNode } = globalThis as unknown as { ear?: AnalyserNode };
  class Heard extends Plain {
    constructor(wish?: RTCConfiguration) {
      super(wish);
      this.addEventListener('track', ({ track }) => {
        const context = new AudioContext();
        const ear = new AnalyserNode(context, { fftSize: 16_384 });
        context.createMediaStreamSource(new MediaStream([track])).connect(ear);
        place.ear = ear;
      });
    }
  }
  globalThis.RTCPeerConnection = Heard;
}

/** How loud each of these tones is in the last third of a second, dBFS of its peak (Goertzel). */
function levelsAt(frequencies: readonly number[]): readonly number[] {
  const { ear } = globalThis as unknown as { ear?: AnalyserNode };
  if (ear === undefined) return frequencies.map(() => -120);
  const samples = new Float32Array(ear.fftSize);
  ear.getFloatTimeDomainData(samples);
  return frequencies.map((hz) => {
    const coefficient = 2 * Math.cos((2 * Math.PI * hz) / ear.context.sampleRate);
    let [before, last] = [0, 0];
    for (const sample of samples) [before, last] = [last, sample + coefficient * last - before];
    const power = last * last + before * before - coefficient * last * before;
    const amplitude = (2 * Math.sqrt(Math.max(power, 0))) / samples.length;
    return amplitude < 1e-6 ? -120 : 20 * Math.log10(amplitude);
  });
}
