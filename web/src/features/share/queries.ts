import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';

export type Share = Schemas['Share'];

const key = (resumeId: string) => ['shares', resumeId];

/** The links of a résumé that show something now, newest first. */
export function useShares(resumeId: string) {
  return useQuery({
    queryKey: key(resumeId),
    queryFn: async () => (await unwrap(api.GET('/api/v1/shares', { params: { query: { resume_id: resumeId } } }))).filter(({ state }) => state === 'open'),
  });
}

export function useMakeShare(resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['ShareRequest']) => unwrap(api.POST('/api/v1/resumes/{id}/shares', { params: { path: { id: resumeId } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: key(resumeId) }),
  });
}

/** Ends a link at once. */
export function useRevokeShare(resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/v1/shares/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: key(resumeId) }),
  });
}
