import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';

export function useAudit(resumeId: string, strict: boolean) {
  return useQuery({
    queryKey: ['resume', resumeId, 'audit', strict],
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/audit', { params: { path: { id: resumeId }, query: { strict } } })),
    placeholderData: keepPreviousData,
  });
}
