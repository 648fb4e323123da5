/**
 * The picture of a plan: a box for each step, a line for each way out. The boxes are buttons that open the step; what an
 * explained call would pass is lit.
 */
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { t } from '../../../text/text';
import { boxHeight, boxWidth, type DrawnLine, layoutOf, type Line, type Point } from './plan-layout';
import { fallbackName, type Steps } from './plan-draft';
import { exitsOf } from './step-exits';
import { kindWords, lineWords, useStepWords } from './step-words';

interface PlanPictureProps {
  readonly steps: Steps;
  readonly current: string | undefined;
  /** Steps that an explained call passes, in its order; `fallback` the number's. */
  readonly passed: readonly string[];
  readonly hasProblem: (name: string) => boolean;
  readonly onPick: (name: string) => void;
}

const scaleMin = 0.66;

export function PlanPicture({ steps, current, passed, hasProblem, onPick }: PlanPictureProps) {
  const stepWords = useStepWords();
  const layout = useMemo(() => pictureOf(steps), [steps]);
  const isPassed = (line: DrawnLine) =>
    passed.some((name, at) => name === line.from && passed[at + 1] === line.to && name !== line.to);
  return (
    <Scaled width={layout.width} height={layout.height}>
      <svg className="plan-lines" width={layout.width} height={layout.height} aria-hidden="true">
        {layout.lines.map((line) => (
          <g key={`${line.from}>${line.to}`} className={lineClass(line, isPassed(line))}>
            <path d={pathOf(line.points)} />
            <path d={headOf(line.points)} className="plan-head" />
            <LineLabel line={line} />
          </g>
        ))}
      </svg>
      {steps.map(({ name, step }, place) => (
        <button
          key={name}
          type="button"
          className={boxClass({
            isCurrent: name === current,
            isPassed: passed.includes(name),
            isWrong: hasProblem(name),
          })}
          style={placeOf(layout.boxes.get(name))}
          aria-current={name === current ? 'step' : undefined}
          onClick={() => onPick(name)}
        >
          <span className="plan-kind">
            {place + 1} · {kindWords(step.kind)}
            {hasProblem(name) && <span className="visually-hidden"> {t('plan.has-problem')}</span>}
          </span>
          <span className="plan-what">{stepWords(step)}</span>
        </button>
      ))}
      {layout.boxes.has(fallbackName) && (
        <span
          className={`plan-fallback ${passed.includes(fallbackName) ? 'is-passed' : ''}`}
          style={placeOf(layout.boxes.get(fallbackName))}
        >
          {t('plan.fallback')}
        </span>
      )}
    </Scaled>
  );
}

function pictureOf(steps: Steps) {
  const lines = new Map<string, Line>();
  for (const { name, step } of steps) {
    for (const exit of exitsOf(step)) {
      const to = steps.some((each) => each.name === exit.next) ? (exit.next ?? fallbackName) : fallbackName;
      const labels = lines.get(`${name}>${to}`)?.labels ?? [];
      lines.set(`${name}>${to}`, { from: name, to, labels: [...labels, lineWords(step, exit)] });
    }
  }
  const all = [...lines.values()];
  const names = steps.map(({ name }) => name);
  return layoutOf(all.some(({ to }) => to === fallbackName) ? [...names, fallbackName] : names, all);
}

/** Made smaller where it is wider than its place, down to where it can still be read; then it scrolls. */
function Scaled(props: { readonly width: number; readonly height: number; readonly children: ReactNode }) {
  const { width, height, children } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(width);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setRoom(element.clientWidth - 4));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const scale = Math.min(1, Math.max(scaleMin, room / width));
  return (
    <div className="plan-frame" ref={frame}>
      <div className="plan-sized" style={{ width: width * scale, height: height * scale }}>
        <div className="plan-picture" style={{ width, height, transform: `scale(${scale})` }}>
          {children}
        </div>
      </div>
    </div>
  );
}

function LineLabel({ line: { points, labels } }: { readonly line: DrawnLine }) {
  const text = labels.filter((label) => label !== '').join(', ');
  const [from, to] = points;
  if (text === '' || !from || !to) return null;
  return (
    <text x={from.x + (to.x - from.x) * 0.5} y={from.y + (to.y - from.y) * 0.5 + 3}>
      {text}
    </text>
  );
}

const placeOf = (head: Point | undefined) => ({
  left: (head?.x ?? 0) - boxWidth / 2,
  top: head?.y ?? 0,
  width: boxWidth,
  height: boxHeight,
});

/** Leaves and arrives upright, so that lines to one box run together. */
function pathOf([first, ...rest]: readonly Point[]): string {
  if (!first) return '';
  let from = first;
  const pieces = [`M${from.x} ${from.y}`];
  for (const to of rest) {
    const bend = (to.y - from.y) / 2;
    pieces.push(`C${from.x} ${from.y + bend} ${to.x} ${to.y - bend} ${to.x} ${to.y - (to === rest.at(-1) ? 4 : 0)}`);
    from = to;
  }
  return pieces.join('');
}

function headOf(points: readonly Point[]): string {
  const tip = points.at(-1);
  return tip ? `M${tip.x - 4} ${tip.y - 6}L${tip.x} ${tip.y}L${tip.x + 4} ${tip.y - 6}z` : '';
}

function lineClass({ to }: DrawnLine, isPassed: boolean): string {
  return `plan-line ${to === fallbackName ? 'to-fallback' : ''} ${isPassed ? 'is-passed' : ''}`;
}

interface BoxLook {
  readonly isCurrent: boolean;
  readonly isPassed: boolean;
  readonly isWrong: boolean;
}

const boxClass = ({ isCurrent, isPassed, isWrong }: BoxLook): string =>
  ['plan-box', isCurrent && 'is-current', isPassed && 'is-passed', isWrong && 'is-wrong'].filter(Boolean).join(' ');
