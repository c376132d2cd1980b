import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';

export function useSkills(resumeId: string) {
  return useQuery({
    queryKey: ['resume', resumeId, 'skills'],
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/skills', { params: { path: { id: resumeId } } })),
  });
}

export function useTopRoles(resumeId: string) {
  return useQuery({
    queryKey: ['resume', resumeId, 'roles', 'top'],
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/roles', { params: { path: { id: resumeId }, query: { top: 5 } } })),
  });
}

