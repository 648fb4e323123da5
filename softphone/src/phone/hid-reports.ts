/**
 * Which bit of a USB HID report means what (USB HID 1.11 section 6.2.2, as WebHID tells it): keys that are read, lights that are
 * written. Pure.
 */

/** Where a usage is in a report: bits from its first byte on. */
interface Place {
  readonly reportId: number;
  readonly bit: number;
  readonly isRelative: boolean;
}

export interface HidItem {
  readonly usages?: readonly number[];
  readonly usageMinimum?: number;
  readonly usageMaximum?: number;
  readonly isRange?: boolean;
  readonly reportSize?: number;
  readonly reportCount?: number;
  readonly isAbsolute?: boolean;
}
export interface HidReport {
  readonly reportId?: number;
  readonly items?: readonly HidItem[];
}
export interface HidCollection {
  readonly usagePage?: number;
  readonly inputReports?: readonly HidReport[];
  readonly outputReports?: readonly HidReport[];
}

/** Every bit of the reports by its usage. */
export function placesIn(reports: readonly HidReport[]): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>();
  for (const { reportId = 0, items = [] } of reports) {
    let bit = 0;
    for (const item of items) {
      const { reportSize = 1, reportCount = 1 } = item;
      for (let at = 0; at < reportCount; at++) {
        const usage = item.isRange === true ? (item.usageMinimum ?? 0) + at : item.usages?.[at];
        if (usage !== undefined && reportSize === 1 && !places.has(usage))
          places.set(usage, { reportId, bit: bit + at, isRelative: item.isAbsolute === false });
      }
      bit += reportSize * reportCount;
    }
  }
  return places;
}

/** The bytes of an output report in which these usages are lit. */
export function reportOf(
  reports: readonly HidReport[],
  reportId: number,
  isLit: (usage: number) => boolean,
): Uint8Array<ArrayBuffer> {
  const report = reports.find((one) => (one.reportId ?? 0) === reportId);
  const bits = (report?.items ?? []).reduce(
    (sum, { reportSize = 1, reportCount = 1 }) => sum + reportSize * reportCount,
    0,
  );
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  for (const [usage, place] of placesIn(report === undefined ? [] : [report])) {
    if (isLit(usage)) bytes[place.bit >> 3] = (bytes[place.bit >> 3] ?? 0) | (1 << (place.bit & 7));
  }
  return bytes;
}
