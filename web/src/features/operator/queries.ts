import { useQuery } from '@tanstack/react-query';
import { ApiProblem, api, fetchBeside, problemOf, unwrap } from '../../api/client';
import { readHealth } from './latency';

const KEPT = 'operator-token';

/** The token of the configuration, for as long as this tab is open. */
export const readToken = () => sessionStorage.getItem(KEPT) ?? '';
export const keepToken = (token: string) => sessionStorage.setItem(KEPT, token);

export const bearer = (token: string): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});

/** The numbers of those who agreed, and the trials. */
export function useServerCounts(days: number, token: string) {
  return useQuery({
    queryKey: ['operator', 'counts', days, token],
    queryFn: () => unwrap(api.GET('/api/v1/operator/counts', { params: { query: { days } }, headers: bearer(token) })),
    retry: false,
  });
}

export type ServerNumbers = NonNullable<ReturnType<typeof useServerCounts>['data']>;

/** How the server answers, since it was started. */
export function useHealth(token: string, enabled: boolean) {
  return useQuery({
    queryKey: ['operator', 'health', token],
    queryFn: async () => {
      const answer = await fetchBeside(new Request('/metrics', { headers: bearer(token) }));
      if (!answer.ok) throw new ApiProblem(problemOf(await answer.json().catch(() => null)));
      return readHealth(await answer.text());
    },
    enabled,
    refetchInterval: 10_000,
    retry: false,
  });
}

/** The numbers as CSV; a link cannot carry a token. */
export async function downloadCounts(days: number, token: string) {
  const answer = await fetchBeside(new Request(`/api/v1/operator/counts/export?days=${days}`, { headers: bearer(token) }));
  if (!answer.ok) throw new ApiProblem(problemOf(await answer.json().catch(() => null)));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = 'server-counts.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
