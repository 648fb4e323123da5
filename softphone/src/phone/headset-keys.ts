/**
 * The keys and lights of a USB headset by WebHID, where the browser has it (USB HID usage tables 1.4, telephony page 0x0B and LED page
 * 0x08). The person allows it once by a button; then it is found again by itself. Opened by the tab that leads.
 */
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
interface HidDevice extends EventTarget {
  readonly opened: boolean;
  readonly productName: string;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  sendReport(reportId: number, data: BufferSource): Promise<void>;
}
interface Hid extends EventTarget {
  getDevices(): Promise<readonly HidDevice[]>;
  requestDevice(options: { filters: readonly { usagePage: number }[] }): Promise<readonly HidDevice[]>;
}

const dark: HeadsetLamps = { ring: false, offHook: false, mute: false };

class HeadsetKeys {
  private device: HidDevice | undefined;
  private lamps: HeadsetLamps = dark;
  private command: (command: PhoneCommand) => void = () => undefined;
  private readonly watchers = new Set<() => void>();

  /** The name of the headset whose keys work; undefined: none. */
  readonly name = (): string | undefined => this.device?.productName;
  readonly isPossible = (): boolean => hid() !== undefined;

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Takes up a headset that was allowed before. */
  async begin(command: (command: PhoneCommand) => void): Promise<void> {
    this.command = command;
    hid()?.addEventListener('connect', () => void this.find());
    hid()?.addEventListener('disconnect', () => this.lost());
    await this.find();
  }

  /** Asks the person which one; needs a click. */
  async choose(): Promise<void> {
    const [chosen] = (await hid()?.requestDevice({ filters: [{ usagePage: telephonyPage }] })) ?? [];
    if (chosen !== undefined) await this.use(chosen);
  }

  light(lamps: HeadsetLamps): void {
    const isSame =
      lamps.ring === this.lamps.ring && lamps.offHook === this.lamps.offHook && lamps.mute === this.lamps.mute;
    this.lamps = lamps;
    if (!isSame) this.send();
  }

  private async find(): Promise<void> {
    const devices = (await hid()?.getDevices()) ?? [];
    const found = devices.find(({ collections }) => collections.some(({ usagePage }) => usagePage === telephonyPage));
    if (found !== undefined && this.device === undefined) await this.use(found);
  }

  private async use(device: HidDevice): Promise<void> {
    if (!device.opened) await device.open();
    this.device = device;
    device.addEventListener('inputreport', (event) => this.pressed(event));
    this.send();
    this.changed();
  }

  private lost(): void {
    this.device = undefined;
    void this.find();
    this.changed();
  }

  private pressed(event: Event): void {
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
  }

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
    for (const watcher of [...this.watchers]) watcher();
  }
}

export const headsetKeys = new HeadsetKeys();

function hid(): Hid | undefined {
  return 'hid' in navigator ? (navigator.hid as Hid) : undefined; // the border: see above
}

function reportIn(event: Event): { readonly id: number; readonly bytes: Uint8Array } | undefined {
  if (!('reportId' in event && 'data' in event && event.data instanceof DataView)) return undefined;
  const { buffer, byteOffset, byteLength } = event.data;
  return { id: Number(event.reportId), bytes: new Uint8Array(buffer, byteOffset, byteLength) };
}
