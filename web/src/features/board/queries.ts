import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';
import { applicationsKey, dueKey } from '../../api/queries';

export type Application = Schemas['Application'];
export type Stage = Schemas['Stage'];
export const STAGES: readonly Stage[] = ['saved', 'applied', 'interview', 'offer', 'closed'];

/** Changes an application; the page shows the change at once, and takes it back where the server refuses it. */
export function useChangeApplication() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, stage, title, company, link, notes, remind_on, closes }: Application) => {
      const version = queries.getQueryData<Application[]>(applicationsKey)?.find((other) => other.id === id)?.version ?? 0;
      return unwrap(api.PATCH('/api/v1/applications/{id}', { params: { path: { id } }, body: { version, stage, title, company, link, notes, remind_on, closes } }));
    },
    scope: { id: 'applications' },
    onMutate: (changed) => {
      const before = queries.getQueryData<Application[]>(applicationsKey);
      queries.setQueryData<Application[]>(applicationsKey, (all = []) => all.map((other) => (other.id === changed.id ? { ...changed, version: other.version } : other)));
      return before;
    },
    onSuccess: (kept) => {
      queries.setQueryData<Application[]>(applicationsKey, (all = []) => all.map((other) => (other.id === kept.id ? kept : other)));
      void queries.invalidateQueries({ queryKey: dueKey });
    },
    onError: (_, __, before) => {
      if (before) queries.setQueryData(applicationsKey, before);
      void queries.invalidateQueries({ queryKey: applicationsKey });
    },
  });
}

export function useDeleteApplication() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/v1/applications/{id}', { params: { path: { id } } })),
    onMutate: (id) => queries.setQueryData<Application[]>(applicationsKey, (all = []) => all.filter((other) => other.id !== id)),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: applicationsKey });
      void queries.invalidateQueries({ queryKey: dueKey });
    },
  });
}
