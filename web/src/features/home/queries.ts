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

export function useTailorings(resumeId: string) {
  return useQuery({
    queryKey: ['tailorings', resumeId],
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/tailorings', { params: { path: { id: resumeId } } })),
  });
}

export function useAudit(resumeId: string) {
  return useQuery({
    queryKey: ['resume', resumeId, 'audit', false],
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/audit', { params: { path: { id: resumeId }, query: { strict: false } } })),
  });
}

export function useApplications() {
  return useQuery({ queryKey: ['applications'], queryFn: () => unwrap(api.GET('/api/v1/applications')) });
}
