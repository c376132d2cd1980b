import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';

export type ResumeDetail = Schemas['ResumeDetail'];

export const resumeKey = (id: string) => ['resume', id, 'detail'];

export function useResume(id: string) {
  return useQuery({
    queryKey: resumeKey(id),
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.status === 'reading' ? 1500 : false),
  });
}
