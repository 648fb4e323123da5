/**
 * A dense virtual list: only the rows in sight are in the page, so 10,000 scroll like 20. Each row is one link; arrow keys,
 * j and k, Home and End move between rows. On a narrow screen a row has two lines, and each column says where in it it goes.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useShortcuts } from '../frame/use-shortcuts';
import { useMedia } from './use-media';

export interface Column<Row> {
  readonly key: string;
  readonly head: string;
  /** A CSS grid track: '8rem', 'minmax(0, 2fr)'. */
  readonly track: string;
  readonly show: (row: Row) => ReactNode;
  /** Its place in the two-line row of a narrow screen. */
  readonly narrow: 'title' | 'side' | 'sub' | 'sub-side' | 'icon' | 'none';
  /** Leaves the row when the window is narrower than about 1000 px. */
  readonly wideOnly?: boolean;
  readonly align?: 'end';
}

interface DataListProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly linkOf: (row: Row) => string;
  readonly linkLabel: (row: Row) => string;
  readonly className?: (row: Row) => string;
  readonly fetchMore: () => void;
  /** What the row unfolds, under it; undefined: folded. */
  readonly unfold?: (row: Row) => ReactNode;
}

export function DataList<Row>(props: DataListProps<Row>) {
  const { rows, label, fetchMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useMedia('(max-width: 700px)');
  const isWide = useMedia('(min-width: 1000px)');
  const columns = props.columns.filter((column) => isNarrow || isWide || !column.wideOnly);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isNarrow ? 54 : 29),
    overscan: 12,
    getItemKey: (place) => keyAt(props, place),
  });
  useEffect(() => virtual.measure(), [virtual, isNarrow]);
  useShortcuts({
    'list-next': () => focusRow(scroller.current, 1),
    'list-previous': () => focusRow(scroller.current, -1),
    'list-open': 'itself',
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) fetchMore();
  }, [last, rows.length, fetchMore]);

  const template = { gridTemplateColumns: columns.map((column) => column.track).join(' ') };
  return (
    <div className="list" role="table" aria-label={label} aria-rowcount={rows.length + 1}>
      <ListHead columns={columns} template={template} />
      <div className="list-scroll" ref={scroller} role="rowgroup" onKeyDown={moveBetweenRows}>
        <div className="list-space" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className="list-item"
                role="presentation"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <ListRow row={row} columns={columns} list={props} rowIndex={item.index + 2} />
                {props.unfold?.(row)}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface ListHeadProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly template: CSSProperties;
}

/** A column without a head (an icon, a button) has nothing to be announced. */
function ListHead<Row>({ columns, template }: ListHeadProps<Row>) {
  return (
    <div className="list-head" role="row" aria-rowindex={1} style={template}>
      {columns.map(({ key, head, align }) => (
        <span
          key={key}
          role={head === '' ? 'cell' : 'columnheader'}
          className={align === 'end' ? 'cell-end' : undefined}
        >
          {head}
        </span>
      ))}
    </div>
  );
}

interface ListRowProps<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly list: DataListProps<Row>;
  readonly rowIndex: number;
}

function ListRow<Row>({ row, columns, list, rowIndex }: ListRowProps<Row>) {
  const template = { gridTemplateColumns: columns.map((column) => column.track).join(' ') };
  return (
    <div className={`list-row ${list.className?.(row) ?? ''}`} role="row" aria-rowindex={rowIndex} style={template}>
      {columns.map((column, place) => (
        <span
          key={column.key}
          role="cell"
          className={`cell cell-${column.narrow} ${column.align === 'end' ? 'cell-end' : ''}`}
        >
          {place === 0 && <Link className="row-link" to={list.linkOf(row)} aria-label={list.linkLabel(row)} />}
          {column.show(row)}
        </span>
      ))}
    </div>
  );
}

function keyAt<Row>(list: DataListProps<Row>, place: number): string | number {
  const row = list.rows[place];
  return row === undefined ? place : list.keyOf(row);
}

/** Arrow keys, Home and End move the focus from row to row; Enter is the link's own. */
function moveBetweenRows(event: KeyboardEvent<HTMLDivElement>): void {
  if (!(event.target instanceof HTMLElement) || !event.target.classList.contains('row-link')) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.row-link')];
  const here = links.indexOf(event.target);
  const places: Readonly<Record<string, number>> = {
    ArrowDown: here + 1,
    ArrowUp: here - 1,
    Home: 0,
    End: links.length - 1,
  };
  const next = links[places[event.key] ?? -1];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** From the row that has the focus; else into the first. */
function focusRow(scroller: HTMLElement | null, step: 1 | -1): void {
  const links = [...(scroller?.querySelectorAll<HTMLElement>('.row-link') ?? [])];
  const here = links.findIndex((link) => link === document.activeElement);
  links[here === -1 ? 0 : here + step]?.focus();
}
