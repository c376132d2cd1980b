import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';
import { tailoringsKey, useResumes } from '../../api/queries';

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

/** The tailorings of all résumés, newest first. */
export function useAllTailorings() {
  const { data: resumes = [] } = useResumes();
  const lists = useQueries({
    queries: resumes.map(({ id }) => ({
      queryKey: tailoringsKey(id),
      queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/tailorings', { params: { path: { id } } })),
    })),
  });
  return lists.flatMap(({ data }) => data ?? []).sort((a, b) => b.created_at.localeCompare(a.created_at));
}

/** One tailoring with its score in parts; the key is that of the tailoring workspace. */
export function useOneTailoring(id: string) {
  return useQuery({ queryKey: ['tailoring', id, 'detail'], queryFn: () => unwrap(api.GET('/api/v1/tailorings/{id}', { params: { path: { id } } })) });
}
