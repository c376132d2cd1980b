import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';

export type Dashboard = Schemas['Dashboard'];

export function useCounts(days: number) {
  return useQuery({ queryKey: ['counts', days], queryFn: () => unwrap(api.GET('/api/v1/counts', { params: { query: { days } } })) });
}

export function useShareCounts() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (shared: boolean) => unwrap(api.PUT('/api/v1/counts/consent', { body: { shared } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['counts'] }),
  });
}

export function useForgetCounts() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/counts')),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['counts'] }),
  });
}
