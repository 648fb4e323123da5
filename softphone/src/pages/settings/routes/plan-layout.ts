/**
 * Where the steps of a plan stand in its picture: in layers from top to bottom, each below all that lead to it, with few
 * crossings, each near what it is joined to. A line that passes a layer bends around its steps. Pure geometry, in pixels.
 */
export interface Line {
  readonly from: string;
  readonly to: string;
  /** One for each way out that leads there. */
  readonly labels: readonly string[];
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface DrawnLine extends Line {
  /** From the foot of the one to the head of the other. */
  readonly points: readonly Point[];
}
export interface PlanLayout {
  readonly width: number;
  readonly height: number;
  /** The middle of the head of each box. */
  readonly boxes: ReadonlyMap<string, Point>;
  readonly lines: readonly DrawnLine[];
}

export const boxWidth = 146;
export const boxHeight = 40;
const gapX = 14;
const bendWidth = 14;
const pitchY = 82;
const sweeps = 8;

interface Cell {
  readonly id: string;
  readonly width: number;
  x: number;
}
interface Joint {
  readonly above: string;
  readonly below: string;
}

/** @param names in the order of the list: the first is the first step. */
export function layoutOf(names: readonly string[], lines: readonly Line[]): PlanLayout {
  const forward = withoutCircles(names, lines);
  const layerOf = layersOf(names, forward);
  const chains = forward.map((line) => chainOf(line, layerOf));
  const joints = chains.flatMap((chain) => chain.slice(1).map((below, at) => ({ above: chain[at] ?? below, below })));
  const layers = orderedLayers(names, { layerOf, chains, joints });
  place(layers, joints);
  const cells = new Map(
    layers.flatMap((cellsOfLayer, y) => cellsOfLayer.map((cell) => [cell.id, { cell, y }] as const)),
  );
  const at = (id: string): Point => {
    const found = cells.get(id);
    return { x: found?.cell.x ?? 0, y: (found?.y ?? 0) * pitchY };
  };
  const right = Math.max(boxWidth, ...layers.flat().map(({ x, width }) => x + width / 2));
  return {
    width: right,
    height: Math.max(0, layers.length - 1) * pitchY + boxHeight,
    boxes: new Map(names.map((name) => [name, at(name)])),
    lines: drawn(forward, chains, at),
  };
}

/** Without the lines that close a circle: such a plan is refused, and drawn as far as it goes. */
function withoutCircles(names: readonly string[], lines: readonly Line[]): readonly Line[] {
  const done = new Set<string>();
  const way = new Set<string>();
  const kept: Line[] = [];
  const visit = (name: string): void => {
    if (done.has(name)) return;
    done.add(name);
    way.add(name);
    for (const line of lines.filter(({ from, to }) => from === name && names.includes(to))) {
      if (way.has(line.to)) continue;
      kept.push(line);
      visit(line.to);
    }
    way.delete(name);
  };
  for (const name of names) visit(name);
  return kept;
}

/** The longest way to each. */
function layersOf(names: readonly string[], lines: readonly Line[]): ReadonlyMap<string, number> {
  const layers = new Map(names.map((name) => [name, 0]));
  // There is no circle, so no way is longer than there are steps.
  for (let round = 0; round < names.length; round += 1) {
    for (const { from, to } of lines) layers.set(to, Math.max(layers.get(to) ?? 0, (layers.get(from) ?? 0) + 1));
  }
  return layers;
}

/** What a line goes through: its ends, and a bend in each layer between them. */
function chainOf({ from, to }: Line, layerOf: ReadonlyMap<string, number>): readonly string[] {
  const [first = 0, last = 0] = [layerOf.get(from), layerOf.get(to)];
  const bends = Array.from({ length: last - first - 1 }, (_, at) => `${from}>${to}>${first + 1 + at}`);
  return [from, ...bends, to];
}

interface Graph {
  readonly layerOf: ReadonlyMap<string, number>;
  readonly chains: readonly (readonly string[])[];
  readonly joints: readonly Joint[];
}

/** Orders each layer by the middle of what it is joined to, up and down in turn, and keeps the order with the fewest crossings. */
function orderedLayers(names: readonly string[], { layerOf, chains, joints }: Graph): readonly (readonly Cell[])[] {
  const count = Math.max(0, ...layerOf.values()) + 1;
  const layers: Cell[][] = Array.from({ length: count }, () => []);
  for (const name of names) layers[layerOf.get(name) ?? 0]?.push({ id: name, width: boxWidth, x: 0 });
  for (const [start, ...rest] of chains) {
    const bends = rest.slice(0, -1);
    for (const [at, id] of bends.entries()) {
      layers[(layerOf.get(start ?? '') ?? 0) + 1 + at]?.push({ id, width: bendWidth, x: 0 });
    }
  }
  let best = layers.map((layer) => [...layer]);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (const layer of isDown ? layers : [...layers].reverse()) sortByNeighbours(layer, layers, { joints, isDown });
    if (crossingsIn(layers, joints) < crossingsIn(best, joints)) best = layers.map((layer) => [...layer]);
  }
  return best;
}

interface Sweep {
  readonly joints: readonly Joint[];
  readonly isDown: boolean;
}

function sortByNeighbours(layer: Cell[], layers: readonly (readonly Cell[])[], { joints, isDown }: Sweep): void {
  const places = new Map(layers.flatMap((cells) => cells.map(({ id }, place) => [id, place] as const)));
  const middle = new Map(
    layer.map(({ id }, place) => {
      const near = neighboursOf(id, joints, isDown).map((other) => places.get(other) ?? 0);
      return [id, near.length === 0 ? place : meanOf(near)];
    }),
  );
  layer.sort((one, other) => (middle.get(one.id) ?? 0) - (middle.get(other.id) ?? 0));
}

const neighboursOf = (id: string, joints: readonly Joint[], isAbove: boolean): readonly string[] =>
  isAbove
    ? joints.filter(({ below }) => below === id).map(({ above }) => above)
    : joints.filter(({ above }) => above === id).map(({ below }) => below);

function crossingsIn(layers: readonly (readonly Cell[])[], joints: readonly Joint[]): number {
  const places = new Map(layers.flatMap((cells, y) => cells.map(({ id }, x) => [id, { x, y }] as const)));
  const ends = joints.map(({ above, below }) => ({ above: places.get(above), below: places.get(below) }));
  let count = 0;
  for (const [at, one] of ends.entries()) {
    for (const other of ends.slice(at + 1)) {
      if (one.above?.y !== other.above?.y) continue;
      const top = (one.above?.x ?? 0) - (other.above?.x ?? 0);
      const foot = (one.below?.x ?? 0) - (other.below?.x ?? 0);
      if (top * foot < 0) count += 1;
    }
  }
  return count;
}

/** Puts each cell as near to the middle of what it is joined to as its layer allows. */
function place(layers: readonly (readonly Cell[])[], joints: readonly Joint[]): void {
  const cells = new Map(layers.flat().map((cell) => [cell.id, cell]));
  for (const layer of layers) settle(layer, () => 0);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (const layer of isDown ? layers : [...layers].reverse()) {
      settle(layer, (cell) => {
        const near = neighboursOf(cell.id, joints, isDown).map((id) => cells.get(id)?.x ?? 0);
        return near.length === 0 ? cell.x : meanOf(near);
      });
    }
  }
  const left = Math.min(...layers.flat().map(({ x, width }) => x - width / 2));
  for (const cell of cells.values()) cell.x -= left;
}

/**
 * The positions nearest to the wanted ones (least squares) that keep the order and the distances: with the distances taken
 * off, a rising sequence nearest to another one (pool adjacent violators).
 */
function settle(layer: readonly Cell[], wanted: (cell: Cell) => number): void {
  const offsets: number[] = [];
  for (const [at, cell] of layer.entries()) {
    const before = layer[at - 1];
    offsets.push(before ? (offsets[at - 1] ?? 0) + (before.width + cell.width) / 2 + gapX : 0);
  }
  const pools: { sum: number; count: number }[] = [];
  for (const [at, cell] of layer.entries()) {
    let pool = { sum: wanted(cell) - (offsets[at] ?? 0), count: 1 };
    for (let last = pools.at(-1); last && last.sum / last.count >= pool.sum / pool.count; last = pools.at(-1)) {
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count };
      pools.pop();
    }
    pools.push(pool);
  }
  const settled = pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
  for (const [at, cell] of layer.entries()) cell.x = (settled[at] ?? 0) + (offsets[at] ?? 0);
}

/** The lines of a box leave its foot side by side, in the order of where they go. */
function drawn(
  lines: readonly Line[],
  chains: readonly (readonly string[])[],
  at: (id: string) => Point,
): readonly DrawnLine[] {
  const firsts = lines.map((line, place) => ({ from: line.from, place, x: at(chains[place]?.[1] ?? line.to).x }));
  return lines.map((line, place) => {
    const leaving = firsts.filter(({ from }) => from === line.from).sort((one, other) => one.x - other.x);
    const rank = leaving.findIndex((each) => each.place === place) - (leaving.length - 1) / 2;
    const step = Math.min(34, (boxWidth - 24) / Math.max(1, leaving.length - 1));
    const head = at(line.from);
    const foot = { x: head.x + rank * step, y: head.y + boxHeight };
    // Upright beside the boxes of a layer; it bends between the layers only.
    const bends = (chains[place] ?? []).slice(1, -1).flatMap((id) => {
      const { x, y } = at(id);
      return [
        { x, y },
        { x, y: y + boxHeight },
      ];
    });
    return { ...line, points: [foot, ...bends, at(line.to)] };
  });
}

const meanOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
