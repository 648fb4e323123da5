/** The keys of a USB headset: each press counts once, other devices are none of its business, and any tab may allow it. */
import { HeadsetKeys, type HeadsetSaid, type Hid, type HidDevice } from '../../../softphone/src/phone/headset-keys';
import type { PhoneCommand } from '../../../softphone/src/phone/phone-event';

const [telephonyPage, hook] = [0x0b, 0xb0020];

/** A device as WebHID gives it. */
class Device extends EventTarget implements HidDevice {
  opened = false;
  readonly productName: string;
  readonly collections;
  constructor(productName: string, usagePage: number) {
    super();
    this.productName = productName;
    const items = [{ usages: [hook], reportSize: 1, reportCount: 1, isAbsolute: true }];
    this.collections = [{ usagePage, inputReports: [{ reportId: 1, items }], outputReports: [] }];
  }
  open(): Promise<void> {
    this.opened = true;
    return Promise.resolve();
  }
  close(): Promise<void> {
    this.opened = false;
    return Promise.resolve();
  }
  sendReport = (): Promise<void> => Promise.resolve();
  pressHook(): void {
    const data = new DataView(Uint8Array.of(1).buffer);
    this.dispatchEvent(Object.assign(new Event('inputreport'), { reportId: 1, data }));
  }
}

/** The devices of this machine, as all tabs see them. */
class Machine extends EventTarget implements Hid {
  readonly plugged = new Set<Device>();
  readonly allowed = new Set<Device>();
  getDevices = () => Promise.resolve([...this.plugged].filter((device) => this.allowed.has(device)));
  requestDevice = () => Promise.resolve([...this.plugged].filter((device) => this.allowed.add(device).has(device)));
  plugIn(device: Device): void {
    this.plugged.add(device);
    this.dispatchEvent(Object.assign(new Event('connect'), { device }));
  }
  pullOut(device: Device): void {
    this.plugged.delete(device);
    device.opened = false;
    this.dispatchEvent(Object.assign(new Event('disconnect'), { device }));
  }
}

let machine: Machine;
let headset: Device;
let ears: { readonly tab: object; readonly hear: (said: HeadsetSaid) => void }[];
let commands: PhoneCommand[];
beforeEach(() => {
  machine = new Machine();
  headset = new Device('Headset 7', telephonyPage);
  machine.plugIn(headset);
  [ears, commands] = [[], []];
});

function openTab(): HeadsetKeys {
  const tab = {};
  return new HeadsetKeys({
    hid: () => machine,
    joinTabs(hear) {
      ears.push({ tab, hear });
      return (said) => ears.filter((ear) => ear.tab !== tab).forEach((ear) => ear.hear(said));
    },
  });
}
const lead = (keys: HeadsetKeys) => keys.begin((command) => void commands.push(command));
/** What the devices' promises lead to. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('a headset that was unplugged and comes back is heard once for each press', async () => {
  machine.allowed.add(headset);
  const keys = openTab();
  await lead(keys);
  for (let times = 0; times < 3; times++) {
    machine.pullOut(headset);
    await settled();
    expect(keys.name()).toBeUndefined();
    machine.plugIn(headset);
    await settled();
    expect(keys.name()).toBe('Headset 7');
  }
  headset.pressHook();
  expect(commands).toEqual([{ type: 'pressed-hook' }]);
});

it('another device that is pulled out takes nothing with it', async () => {
  const mouse = new Device('Mouse', 1);
  machine.plugIn(mouse);
  for (const device of [headset, mouse]) machine.allowed.add(device);
  const keys = openTab();
  await lead(keys);
  const names: unknown[] = [];
  keys.watch(() => void names.push(keys.name()));
  machine.pullOut(mouse);
  await settled();
  expect(names).toEqual([]);
  headset.pressHook();
  expect(commands).toEqual([{ type: 'pressed-hook' }]);
});

it('one that is allowed in a tab that does not lead works in the one that does, and both say so', async () => {
  const [leader, other] = [openTab(), openTab()];
  await lead(leader);
  other.watch(() => undefined);
  await other.choose();
  await settled();
  expect([leader.name(), other.name()]).toEqual(['Headset 7', 'Headset 7']);
  headset.pressHook();
  expect(commands).toEqual([{ type: 'pressed-hook' }]);
  const opened = openTab();
  opened.watch(() => undefined);
  expect(opened.name()).toBe('Headset 7');
});

it('leaves the headset to the next tab when its own is logged out', async () => {
  const keys = openTab();
  machine.allowed.add(headset);
  await lead(keys);
  keys.end();
  expect([headset.opened, keys.name()]).toEqual([false, undefined]);
  headset.pressHook();
  expect(commands).toEqual([]);
  await lead(keys);
  headset.pressHook();
  expect(commands).toEqual([{ type: 'pressed-hook' }]);
});
