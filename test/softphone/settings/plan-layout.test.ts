/** The picture of a plan: no box over another, each below what leads to it, lines beside the boxes they pass. */
import {
  boxHeight,
  boxWidth,
  type Line,
  layoutOf,
  type PlanLayout,
} from '../../../softphone/src/pages/settings/routes/plan-layout';

const line = (from: string, to: string, ...labels: string[]): Line => ({ from, to, labels });

/** Hours, greeting, a menu of four, people, a mailbox that all come to. */
const names = ['hours', 'hello', 'menu', 'sales', 'queue', 'store', 'out', 'night', 'box'];
const lines = [
  line('hours', 'hello', 'open'),
  line('hours', 'night', 'closed'),
  line('hello', 'menu'),
  line('menu', 'sales', '1'),
  line('menu', 'queue', '2', 'no key'),
  line('menu', 'store', '3'),
  line('store', 'out'),
  line('sales', 'box'),
  line('queue', 'box'),
  line('out', 'box'),
  line('night', 'box'),
];

const boxesOf = ({ boxes }: PlanLayout) =>
  [...boxes].map(([name, { x, y }]) => ({
    name,
    left: x - boxWidth / 2,
    right: x + boxWidth / 2,
    top: y,
    foot: y + boxHeight,
  }));

function overlaps(layout: PlanLayout): readonly string[] {
  const boxes = boxesOf(layout);
  return boxes.flatMap((one, at) =>
    boxes
      .slice(at + 1)
      .filter(
        (other) => one.left < other.right && other.left < one.right && one.top < other.foot && other.top < one.foot,
      )
      .map((other) => `${one.name} over ${other.name}`),
  );
}

describe('the picture of a plan', () => {
  const layout = layoutOf(names, lines);

  it('has every box inside it and none over another', () => {
    expect(overlaps(layout)).toEqual([]);
    for (const box of boxesOf(layout)) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(layout.width + 0.001);
      expect(box.foot).toBeLessThanOrEqual(layout.height);
    }
  });

  it('has each box below all that lead to it', () => {
    for (const { from, to } of lines) {
      expect(layout.boxes.get(to)?.y).toBeGreaterThan(layout.boxes.get(from)?.y ?? 0);
    }
  });

  it('draws each line from the foot of the one to the head of the other, past the boxes between', () => {
    expect(layout.lines).toHaveLength(lines.length);
    for (const { from, to, points } of layout.lines) {
      expect(points[0]?.y).toBe((layout.boxes.get(from)?.y ?? 0) + boxHeight);
      expect(points.at(-1)).toEqual(layout.boxes.get(to));
      for (const bend of points.slice(1, -1)) {
        const hit = boxesOf(layout).find(
          ({ left, right, top, foot }) => bend.x > left && bend.x < right && bend.y >= top && bend.y <= foot,
        );
        expect(hit).toBeUndefined();
      }
    }
  });

  it('draws a plan that goes in a circle as far as it goes', () => {
    const circle = layoutOf(['a', 'b', 'c'], [line('a', 'b'), line('b', 'c'), line('c', 'a')]);
    expect(circle.lines).toHaveLength(2);
    expect(overlaps(circle)).toEqual([]);
  });

  it('has room for steps that nothing leads to, and for none at all', () => {
    expect(overlaps(layoutOf(['a', 'b', 'c'], []))).toEqual([]);
    expect(layoutOf([], []).boxes.size).toBe(0);
  });

  it('leaves out a line to what is not there', () => {
    expect(layoutOf(['a'], [line('a', 'gone')]).lines).toEqual([]);
  });

  it('keeps 200 steps apart', () => {
    const many = Array.from({ length: 200 }, (_, at) => `s${at}`);
    const chain = many.slice(1).map((name, at) => line(many[Math.floor(at / 2)] ?? '', name));
    expect(overlaps(layoutOf(many, chain))).toEqual([]);
  });
});
