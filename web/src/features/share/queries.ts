import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';
import { sharesKey } from '../../api/queries';

export type Share = Schemas['Share'];

function useShareChange<Body, Answer>(change: (body: Body) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => void queries.invalidateQueries({ queryKey: sharesKey }) });
}

export const useMakeShare = (resumeId: string) =>
  useShareChange((body: Schemas['ShareRequest']) => unwrap(api.POST('/api/v1/resumes/{id}/shares', { params: { path: { id: resumeId } }, body })));

/** Lets a link show what the résumé, or its tailoring, says now. */
export const useRefreshShare = () => useShareChange((id: string) => unwrap(api.PATCH('/api/v1/shares/{id}', { params: { path: { id } }, body: { refresh: true } })));

/** Lets a link work for so many days from now. */
export const useProlongShare = () =>
  useShareChange(({ id, days }: { id: string; days: number }) =>
    unwrap(api.PATCH('/api/v1/shares/{id}', { params: { path: { id } }, body: { expires_at: new Date(Date.now() + days * 86_400_000).toISOString() } })),
  );

/** Ends a link at once. */
export const useRevokeShare = () => useShareChange((id: string) => unwrap(api.DELETE('/api/v1/shares/{id}', { params: { path: { id } } })));
