/** A paged list in its four states: loading, failed, empty, and there. */
import type { ReactNode } from 'react';
import type { PagedList } from '../api/paging';
import { Failed, Loading } from './states';

interface PagedProps<Row> {
  readonly list: PagedList<Row>;
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

export function Paged<Row>({ list, empty, children }: PagedProps<Row>) {
  const { query, rows } = list;
  if (query.isPending) return <Loading />;
  if (query.isError && rows.length === 0) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return rows.length === 0 ? empty : children;
}
