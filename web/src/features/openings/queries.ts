import { useMutation } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';

export function useSearchOpenings(resumeId: string) {
  return useMutation({
    mutationFn: (sources: string[]) => unwrap(api.POST('/api/v1/resumes/{id}/openings', { params: { path: { id: resumeId } }, body: { sources } })),
  });
}
