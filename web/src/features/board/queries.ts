import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';

export type Application = Schemas['Application'];
export type Stage = Schemas['Stage'];
export const STAGES: readonly Stage[] = ['saved', 'applied', 'interview', 'offer', 'closed'];

const KEY = ['applications'];

export function useApplications() {
  return useQuery({ queryKey: KEY, queryFn: () => unwrap(api.GET('/api/v1/applications')) });
}

export function useAddApplication() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['NewApplication']) => unwrap(api.POST('/api/v1/applications', { body })),
    onSuccess: (made) => queries.setQueryData<Application[]>(KEY, (all = []) => [made, ...all]),
  });
}

/** Changes an application; the page shows the change at once, and takes it back where the server refuses it. */
export function useChangeApplication() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, stage, title, company, link, notes }: Application) => {
      const version = queries.getQueryData<Application[]>(KEY)?.find((other) => other.id === id)?.version ?? 0;
      return unwrap(api.PATCH('/api/v1/applications/{id}', { params: { path: { id } }, body: { version, stage, title, company, link, notes } }));
    },
    scope: { id: 'applications' },
    onMutate: (changed) => {
      const before = queries.getQueryData<Application[]>(KEY);
      queries.setQueryData<Application[]>(KEY, (all = []) => all.map((other) => (other.id === changed.id ? { ...changed, version: other.version } : other)));
      return before;
    },
    onSuccess: (kept) => queries.setQueryData<Application[]>(KEY, (all = []) => all.map((other) => (other.id === kept.id ? kept : other))),
    onError: (_, __, before) => {
      if (before) queries.setQueryData(KEY, before);
      void queries.invalidateQueries({ queryKey: KEY });
    },
  });
}

export function useDeleteApplication() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/v1/applications/{id}', { params: { path: { id } } })),
    onMutate: (id) => queries.setQueryData<Application[]>(KEY, (all = []) => all.filter((other) => other.id !== id)),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
