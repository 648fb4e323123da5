/**
 * How answers are kept and asked for again: refusals are not repeated, a lost connection is retried by its banner, and an
 * ended log-in brings the log-in page (wherever it was noticed).
 */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { keys } from './keys';
import { isProblem, NoAnswer } from './problem';

export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => noteLogIn(client, error) }),
    mutationCache: new MutationCache({ onError: (error) => noteLogIn(client, error) }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        retry: (failures, error) => error instanceof NoAnswer && failures < 2,
        refetchOnWindowFocus: true,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}

function noteLogIn(client: QueryClient, error: unknown): void {
  if (isProblem(error, 'not-logged-in')) client.setQueryData(keys.me, null);
  if (isProblem(error, 'password-change-required')) void client.invalidateQueries({ queryKey: keys.me });
}
