import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';

export function useRoles(resumeId: string, blend: number) {
  return useQuery({
    queryKey: ['resume', resumeId, 'roles', blend],
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/roles', { params: { path: { id: resumeId }, query: { top: 10, blend } } })),
    placeholderData: keepPreviousData,
  });
}
