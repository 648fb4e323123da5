/** What a zone's clock shows besides UTC, from when on, within a period: daylight saving begins and ends in it. */

export interface ZoneOffset {
  readonly since: number;
  /** To be added to UTC. */
  readonly offsetMs: number;
}

const stepMs = 6 * 3_600_000;
/** A report may ask for many years; a zone changes twice a year. */
const offsetsMax = 1000;

/** @returns the offset at `from`, then each change until `to`, to the minute. */
export function zoneOffsets(zone: string, from: number, to: number): readonly ZoneOffset[] {
  const format = formatOf(zone);
  const offsets: ZoneOffset[] = [{ since: from, offsetMs: offsetAt(format, from) }];
  for (let at = from; at < to && offsets.length < offsetsMax; at += stepMs) {
    const next = Math.min(at + stepMs, to);
    const before = offsets.at(-1)?.offsetMs ?? 0;
    if (offsetAt(format, next) !== before) {
      const since = changeBetween(format, at, next);
      offsets.push({ since, offsetMs: offsetAt(format, since) });
    }
  }
  return offsets;
}

const formatOf = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

function offsetAt(format: Intl.DateTimeFormat, at: number): number {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(at / 1000) * 1000;
}

/** The first minute of the new offset: halved until it is found. */
function changeBetween(format: Intl.DateTimeFormat, from: number, to: number): number {
  const before = offsetAt(format, from);
  let [low, high] = [from, to];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(format, middle) === before) low = middle;
    else high = middle;
  }
  return Math.floor(high / 60_000) * 60_000;
}
