/**
 * Numbers about the running service in the text format of Prometheus (version 0.0.4). Counters are added to where things
 * happen; gauges are asked when somebody reads. Labels come from closed lists in our code, never from a wire.
 */

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

export interface Metrics {
  /** Adds to a counter; the first use makes it. Names end in `_total`. */
  readonly count: (name: string, labels?: Labels, by?: number) => void;
  /** Notes one measurement in seconds for a histogram. Names end in `_seconds`. */
  readonly observe: (name: string, seconds: number, labels?: Labels) => void;
  /** A value asked for at each reading. */
  readonly gauge: (name: string, help: string, read: () => readonly Sample[]) => void;
  /** A counter that lives elsewhere and is asked for at each reading. */
  readonly counter: (name: string, help: string, read: () => readonly Sample[]) => void;
  /** Says what a counter or histogram of `count` and `observe` means. */
  readonly describe: (name: string, help: string) => void;
  readonly text: () => string;
}

interface Histogram {
  readonly counts: number[];
  sum: number;
  count: number;
}

/** Upper ends of the buckets, seconds. */
const buckets = [0.001, 0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10] as const;
/** Series of one name at the most; further label values are left out. */
const seriesMax = 500;

export function openMetrics(): Metrics {
  const counters = new Map<string, Map<string, number>>();
  const histograms = new Map<string, Map<string, Histogram>>();
  const asked = new Map<string, { readonly type: 'gauge' | 'counter'; readonly read: () => readonly Sample[] }>();
  const helps = new Map<string, string>();
  const header = (name: string, type: string): string[] => [
    ...(helps.has(name) ? [`# HELP ${name} ${helps.get(name)}`] : []),
    `# TYPE ${name} ${type}`,
  ];
  return {
    count(name, labels, by = 1) {
      const series = entryOf(counters, name, () => new Map<string, number>());
      const key = labelText(labels);
      if (series.has(key) || series.size < seriesMax) series.set(key, (series.get(key) ?? 0) + by);
    },
    observe(name, seconds, labels) {
      const series = entryOf(histograms, name, () => new Map<string, Histogram>());
      const key = labelText(labels);
      if (series.has(key) || series.size < seriesMax) note(entryOf(series, key, emptyHistogram), seconds);
    },
    gauge(name, help, read) {
      helps.set(name, help);
      asked.set(name, { type: 'gauge', read });
    },
    counter(name, help, read) {
      helps.set(name, help);
      asked.set(name, { type: 'counter', read });
    },
    describe: (name, help) => void helps.set(name, help),
    text() {
      const lines: string[] = [];
      for (const [name, { type, read }] of asked) {
        lines.push(...header(name, type), ...read().map(({ labels, value }) => line(name, labelText(labels), value)));
      }
      for (const [name, series] of counters) {
        lines.push(...header(name, 'counter'), ...[...series].map(([labels, value]) => line(name, labels, value)));
      }
      for (const [name, series] of histograms) {
        lines.push(
          ...header(name, 'histogram'),
          ...[...series].flatMap(([labels, one]) => bucketLines(name, labels, one)),
        );
      }
      return `${lines.join('\n')}\n`;
    },
  };
}

function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
}

function emptyHistogram(): Histogram {
  return { counts: buckets.map(() => 0), sum: 0, count: 0 };
}

function note(histogram: Histogram, seconds: number): void {
  const bucket = buckets.findIndex((end) => seconds <= end);
  if (bucket >= 0) histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + 1;
  histogram.sum += seconds;
  histogram.count += 1;
}

function bucketLines(name: string, labels: string, { counts, sum, count }: Histogram): readonly string[] {
  let below = 0;
  const lines = buckets.map((end, index) => {
    below += counts[index] ?? 0;
    return line(`${name}_bucket`, joined(labels, `le="${end}"`), below);
  });
  return [
    ...lines,
    line(`${name}_bucket`, joined(labels, 'le="+Inf"'), count),
    line(`${name}_sum`, labels, sum),
    line(`${name}_count`, labels, count),
  ];
}

function joined(labels: string, more: string): string {
  return labels === '' ? more : `${labels},${more}`;
}

function line(name: string, labels: string, value: number): string {
  return labels === '' ? `${name} ${value}` : `${name}{${labels}} ${value}`;
}

function labelText(labels: Labels = {}): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`))}"`)
    .join(',');
}
