/** Lists that come in pages: `{ items, next }`, asked on with `next` as `cursor`. */
import { type UseInfiniteQueryResult, useInfiniteQuery, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Page } from '../../../server/api/messages';
import { get, type Query } from './request';

/** Soon on the screen. */
const firstPageSize = 60;
/** What the server gives at once at the most: who scrolls on or wants the whole list wants much. */
const pageSize = 200;
/** A list that is chosen from has an end. */
const wholeMax = 5_000;

/** All pages of a list that is wanted whole: to choose from, to find a name in. */
export async function getWhole<Row>(path: string, signal: AbortSignal): Promise<Page<Row>> {
  const items: Row[] = [];
  let cursor: string | undefined;
  do {
    const page = await get<Page<Row>>(path, { limit: pageSize, cursor }, signal);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined && items.length < wholeMax);
  return { items };
}

export interface PagedList<Row> {
  readonly rows: readonly Row[];
  readonly query: UseInfiniteQueryResult<InfiniteData<Page<Row>>>;
  readonly fetchMore: () => void;
}

interface PagedRequest {
  readonly key: readonly unknown[];
  readonly path: string;
  readonly query?: Query;
  /** Asked again so often while the page is visible; a list scrolled far down less often. Left out: never. */
  readonly refetchEveryMs?: number;
  readonly enabled?: boolean;
}

export function usePagedList<Row>(request: PagedRequest): PagedList<Row> {
  const query = useInfiniteQuery({
    queryKey: [...request.key, request.query ?? {}],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Row>>(request.path, { ...request.query, cursor: pageParam, limit: sizeOf(pageParam) }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    enabled: request.enabled ?? true,
    placeholderData: (previous) => previous,
    refetchInterval: (current) => {
      const pages = current.state.data?.pages.length ?? 1;
      return request.refetchEveryMs ? request.refetchEveryMs * pages : false;
    },
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const fetchMore = () => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  return { rows, query, fetchMore };
}

const sizeOf = (cursor: string | undefined): number => (cursor === undefined ? firstPageSize : pageSize);
