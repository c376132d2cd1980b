import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';

export type InterviewDetail = Schemas['InterviewDetail'];
export type Question = Schemas['Question'];
export type Practice = Schemas['Practice'];

const listKey = (resumeId: string) => ['interviews', resumeId];
const detailKey = (id: string) => ['interview', id];

export function useInterviews(resumeId: string) {
  return useQuery({ queryKey: listKey(resumeId), queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/interviews', { params: { path: { id: resumeId } } })) });
}

export function useCreateInterview(resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (job: string) => unwrap(api.POST('/api/v1/resumes/{id}/interviews', { params: { path: { id: resumeId } }, body: { job } })),
    onSuccess: (detail) => {
      queries.setQueryData(detailKey(detail.id), detail);
      void queries.invalidateQueries({ queryKey: listKey(resumeId) });
    },
  });
}

export function useInterview(id: string) {
  return useQuery({ queryKey: detailKey(id), queryFn: () => unwrap(api.GET('/api/v1/interviews/{id}', { params: { path: { id } } })) });
}

export function usePractise(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: { question: string; practice: Practice }) => {
      // Both are asked for only now: the change before this one may just have raised them.
      const present = queries.getQueryData<InterviewDetail>(detailKey(id));
      const practice = { ...present?.practice, [change.question]: change.practice };
      return unwrap(api.PATCH('/api/v1/interviews/{id}', { params: { path: { id } }, body: { practice, version: present?.version ?? 0 } }));
    },
    scope: { id: `interview-${id}` },
    onSuccess: (detail) => {
      queries.setQueryData(detailKey(id), detail);
      void queries.invalidateQueries({ queryKey: listKey(detail.resume_id) });
    },
    onError: () => queries.invalidateQueries({ queryKey: detailKey(id) }),
  });
}

export function useDeleteInterview(resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/v1/interviews/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: listKey(resumeId) }),
  });
}
