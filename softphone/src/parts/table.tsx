/** A plain table for the short lists of the settings. */
import type { ReactNode } from 'react';
import { Empty, Failed, Loading } from './states';
import { TableScroll } from './table-scroll';

interface TableProps<Row> {
  readonly label: string;
  readonly query: {
    readonly data: readonly Row[] | undefined;
    readonly error: unknown;
    readonly isPending: boolean;
    readonly refetch: () => unknown;
  };
  readonly heads: readonly string[];
  readonly empty: string;
  /** What to do first, where there is none yet. */
  readonly emptyWhy: ReactNode;
  readonly row: (row: Row) => ReactNode;
}

export function Table<Row>({ label, query, heads, empty, emptyWhy, row }: TableProps<Row>) {
  if (query.isPending) return <Loading />;
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (query.data.length === 0) return <Empty title={empty}>{emptyWhy}</Empty>;
  return (
    <TableScroll label={label}>
      <table className="table" aria-label={label}>
        <thead>
          <tr>
            {heads.map((head) =>
              head === '' ? (
                <td key={head} />
              ) : (
                <th key={head} scope="col">
                  {head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{query.data.map(row)}</tbody>
      </table>
    </TableScroll>
  );
}
