import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';

/** What can be exported: a résumé as it is, or one that is cut to a job. */
export type Exported = 'resumes' | 'tailorings';

export function useTemplates() {
  return useQuery({ queryKey: ['templates'], queryFn: () => unwrap(api.GET('/api/v1/templates')), staleTime: Infinity });
}

/** `revision` names the state of the document: the preview is made again when it changes. */
export function usePreview(of: Exported, id: string, template: string, revision: string) {
  return useQuery({
    queryKey: [of === 'resumes' ? 'resume' : 'tailoring', id, 'preview', template, revision],
    queryFn: () => {
      const params = { params: { path: { id }, query: { template } } };
      return of === 'resumes' ? unwrap(api.GET('/api/v1/resumes/{id}/preview', params)) : unwrap(api.GET('/api/v1/tailorings/{id}/preview', params));
    },
    placeholderData: keepPreviousData,
    enabled: template !== '',
  });
}

/** The exports of a résumé; asked for again after each, which `latest` names. */
export function usePastExports(resumeId: string, latest: string) {
  return useQuery({
    queryKey: ['exports', resumeId, latest],
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/exports', { params: { path: { id: resumeId } } })),
  });
}

/** The address of a drawn page, for an `<img>`: what stands in a résumé never runs there. */
export const pageImage = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`;
