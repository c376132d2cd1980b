import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';
import { applicationsKey, dueKey } from '../../api/queries';

export type Opening = Schemas['Opening'];
export type Preview = Schemas['ApplicationPreview'];

export function useSearchOpenings(resumeId: string) {
  return useMutation({
    mutationFn: (sources: string[]) => unwrap(api.POST('/api/v1/resumes/{id}/openings', { params: { path: { id: resumeId } }, body: { sources } })),
  });
}

/** What an application would send; nothing is sent. */
export function usePreviewApplication(resumeId: string) {
  return useMutation({
    mutationFn: (body: Schemas['ApplicationDraft']) => unwrap(api.POST('/api/v1/resumes/{id}/applications/preview', { params: { path: { id: resumeId } }, body })),
  });
}

/** Sends the application that was shown: once, never by itself. */
export function useSendApplication(resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['ApplicationConfirmation']) => unwrap(api.POST('/api/v1/resumes/{id}/applications', { params: { path: { id: resumeId } }, body })),
    retry: false,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: applicationsKey });
      void queries.invalidateQueries({ queryKey: dueKey });
    },
  });
}
