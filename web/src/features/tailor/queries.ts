import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';

export type TailoringDetail = Schemas['TailoringDetail'];
export type Suggestion = Schemas['Suggestion'];

const listKey = (resumeId: string) => ['tailorings', resumeId];
const detailKey = (id: string) => ['tailoring', id, 'detail'];

export function useTailorings(resumeId: string) {
  return useQuery({
    queryKey: listKey(resumeId),
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/tailorings', { params: { path: { id: resumeId } } })),
  });
}

export function useCreateTailoring(resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (job: string) => unwrap(api.POST('/api/v1/resumes/{id}/tailorings', { params: { path: { id: resumeId } }, body: { job } })),
    onSuccess: (detail) => {
      queries.setQueryData(detailKey(detail.id), detail);
      void queries.invalidateQueries({ queryKey: listKey(resumeId) });
    },
  });
}

export function useTailoring(id: string) {
  return useQuery({
    queryKey: detailKey(id),
    queryFn: () => unwrap(api.GET('/api/v1/tailorings/{id}', { params: { path: { id } } })),
  });
}

export function useAccept(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (accepted: string[]) => {
      // The version is asked for only now: the choice before this one may just have raised it.
      const version = queries.getQueryData<TailoringDetail>(detailKey(id))?.version;
      return unwrap(api.PATCH('/api/v1/tailorings/{id}', { params: { path: { id } }, body: { accepted, version } }));
    },
    // One after another, so that the last choice is the one that stays.
    scope: { id: `tailoring-${id}` },
    onSuccess: (detail) => {
      queries.setQueryData(detailKey(id), detail);
      void queries.invalidateQueries({ queryKey: listKey(detail.resume_id) });
    },
    // Another window has chosen meanwhile: show what it chose.
    onError: () => queries.invalidateQueries({ queryKey: detailKey(id) }),
  });
}

export function useDeleteTailoring(id: string, resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/tailorings/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      queries.removeQueries({ queryKey: ['tailoring', id] });
      void queries.invalidateQueries({ queryKey: listKey(resumeId) });
    },
  });
}
