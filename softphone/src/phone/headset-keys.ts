/**
 * The keys and lights of a USB headset by WebHID, where the browser has it (USB HID usage tables 1.4, telephony page 0x0B and LED page
 * 0x08). The person allows it once by a button, in whichever tab; then it is found again by itself. Opened by the tab that leads, which
 * tells the others what it has.
 */
import { assertNever } from '../../../call-router/values/assert';
import { type HidCollection, placesIn, reportOf } from './hid-reports';
import type { PhoneCommand } from './phone-event';
import type { HeadsetLamps } from './phone-state';

const telephonyPage = 0x0b;
const ledPage = 0x08;
const usages = {
  hook: usageOf(telephonyPage, 0x20),
  flash: usageOf(telephonyPage, 0x21),
  mute: usageOf(telephonyPage, 0x2f),
};
const leds = { mute: usageOf(ledPage, 0x09), offHook: usageOf(ledPage, 0x17), ring: usageOf(ledPage, 0x18) };

function usageOf(page: number, id: number): number {
  return page * 0x10000 + id;
}

/** Of the parts of WebHID that are used here; TypeScript's DOM has none of it yet. */
export interface HidDevice extends EventTarget {
  readonly opened: boolean;
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
  sendReport(reportId: number, data: BufferSource): Promise<void>;
}
export interface Hid extends EventTarget {
  getDevices(): Promise<readonly HidDevice[]>;
  requestDevice(options: { filters: readonly { usagePage: number }[] }): Promise<readonly HidDevice[]>;
}

/** Between the tabs of one browser, which have one phone (tabs.ts). */
export type HeadsetSaid =
  /** The person allowed a headset in a tab that does not lead. */
  | { readonly says: 'chosen' }
  /** A tab that was just opened. */
  | { readonly says: 'asks' }
  /** The leading tab. */
  | { readonly says: 'works'; readonly name: string | undefined };

interface HeadsetParts {
  readonly hid: () => Hid | undefined;
  /** Opens the way to the other tabs: hears what they say, and answers how to say something to them. */
  readonly joinTabs: (hear: (said: HeadsetSaid) => void) => (said: HeadsetSaid) => void;
}

const dark: HeadsetLamps = { ring: false, offHook: false, mute: false };

export class HeadsetKeys {
  private readonly parts: HeadsetParts;
  private device: HidDevice | undefined;
  /** Of the leading tab, where that is another one. */
  private elsewhere: string | undefined;
  private leads = false;
  private sayToTabs: ((said: HeadsetSaid) => void) | undefined;
  private lamps: HeadsetLamps = dark;
  private command: (command: PhoneCommand) => void = () => undefined;
  private readonly watchers = new Set<() => void>();

  constructor(parts: HeadsetParts) {
    this.parts = parts;
  }

  /** The name of the headset whose keys work; undefined: none. */
  readonly name = (): string | undefined => (this.leads ? this.device?.productName : this.elsewhere);
  readonly isPossible = (): boolean => this.parts.hid() !== undefined;

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    if (!this.leads) this.say({ says: 'asks' });
    return () => this.watchers.delete(watcher);
  };

  /** This tab leads: takes up a headset that was allowed before. */
  async begin(command: (command: PhoneCommand) => void): Promise<void> {
    this.command = command;
    this.leads = true;
    this.changed();
    const hid = this.parts.hid();
    hid?.addEventListener('connect', this.plugged);
    hid?.addEventListener('disconnect', this.unplugged);
    await this.find();
  }

  /** Another tab may lead now: it opens the headset for itself. */
  end(): void {
    const { device } = this;
    this.leads = false;
    this.device = undefined;
    device?.removeEventListener('inputreport', this.pressed);
    void device?.close().catch(() => undefined); // unplugged
    const hid = this.parts.hid();
    hid?.removeEventListener('connect', this.plugged);
    hid?.removeEventListener('disconnect', this.unplugged);
    this.changed();
  }

  /** Asks the person which one; needs a click. */
  async choose(): Promise<void> {
    const [chosen] = (await this.parts.hid()?.requestDevice({ filters: [{ usagePage: telephonyPage }] })) ?? [];
    if (chosen === undefined) return;
    if (this.leads) await this.use(chosen);
    else this.say({ says: 'chosen' });
  }

  light(lamps: HeadsetLamps): void {
    const isSame =
      lamps.ring === this.lamps.ring && lamps.offHook === this.lamps.offHook && lamps.mute === this.lamps.mute;
    this.lamps = lamps;
    if (!isSame) this.send();
  }

  private say(said: HeadsetSaid): void {
    this.sayToTabs ??= this.parts.joinTabs((heard) => this.hear(heard));
    this.sayToTabs(said);
  }

  private hear(said: HeadsetSaid): void {
    switch (said.says) {
      case 'chosen':
        return this.leads ? this.plugged() : undefined;
      case 'asks':
        return this.leads ? this.say({ says: 'works', name: this.name() }) : undefined;
      case 'works':
        this.elsewhere = said.name;
        return this.tellWatchers();
      default:
        return assertNever(said);
    }
  }

  private readonly plugged = (): void => void this.find().catch(() => undefined); // in use elsewhere: works without

  /** Of any HID device that this page may use. */
  private readonly unplugged = (event: Event): void => {
    if (!('device' in event) || event.device !== this.device) return;
    this.device = undefined;
    this.plugged();
    this.changed();
  };

  private async find(): Promise<void> {
    const devices = (await this.parts.hid()?.getDevices()) ?? [];
    const found = devices.find(({ collections }) => collections.some(({ usagePage }) => usagePage === telephonyPage));
    if (found !== undefined && this.device === undefined) await this.use(found);
  }

  private async use(device: HidDevice): Promise<void> {
    if (!device.opened) await device.open();
    this.device?.removeEventListener('inputreport', this.pressed);
    this.device = device;
    device.addEventListener('inputreport', this.pressed);
    this.send();
    this.changed();
  }

  /** One function for all: a headset that comes back is not heard twice. */
  private readonly pressed = (event: Event): void => {
    const places = placesIn(this.device?.collections.flatMap(({ inputReports = [] }) => inputReports) ?? []);
    const report = reportIn(event);
    if (report === undefined) return;
    const isOn = (usage: number): boolean | undefined => {
      const place = places.get(usage);
      if (place === undefined || place.reportId !== report.id) return undefined;
      return ((report.bytes[place.bit >> 3] ?? 0) & (1 << (place.bit & 7))) !== 0;
    };
    const hook = isOn(usages.hook);
    // The headset tells a state; what we lit ourselves comes back as an echo of it.
    if (hook !== undefined && hook !== this.lamps.offHook) this.command({ type: 'pressed-hook' });
    else if (isOn(usages.mute) === true) this.command({ type: 'pressed-mute' });
  };

  private send(): void {
    const outputs = this.device?.collections.flatMap(({ outputReports = [] }) => outputReports) ?? [];
    const { ring, offHook, mute } = this.lamps;
    const lit = new Set([
      ...(ring ? [leds.ring] : []),
      ...(offHook ? [leds.offHook] : []),
      ...(mute ? [leds.mute] : []),
    ]);
    const ids = new Set(Object.values(leds).flatMap((led) => placesIn(outputs).get(led)?.reportId ?? []));
    for (const id of ids)
      void this.device
        ?.sendReport(
          id,
          reportOf(outputs, id, (usage) => lit.has(usage)),
        )
        .catch(() => undefined); // unplugged
  }

  private changed(): void {
    if (this.leads) this.say({ says: 'works', name: this.name() });
    this.tellWatchers();
  }

  private tellWatchers(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}

export const headsetKeys = new HeadsetKeys({
  hid: () => ('hid' in navigator ? (navigator.hid as Hid) : undefined), // the border: see above
  joinTabs(hear) {
    const channel = new BroadcastChannel('trunkline-headset');
    channel.addEventListener('message', ({ data }: MessageEvent<HeadsetSaid>) => hear(data));
    return (said) => channel.postMessage(said);
  },
});

function reportIn(event: Event): { readonly id: number; readonly bytes: Uint8Array } | undefined {
  if (!('reportId' in event && 'data' in event && event.data instanceof DataView)) return undefined;
  const { buffer, byteOffset, byteLength } = event.data;
  return { id: Number(event.reportId), bytes: new Uint8Array(buffer, byteOffset, byteLength) };
}
