import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';

/** What can be exported: a résumé as it is, or one that is cut to a job. */
export type Exported = 'resumes' | 'tailorings';

export function useTemplates() {
  return useQuery({ queryKey: ['templates'], queryFn: () => unwrap(api.GET('/api/v1/templates')), staleTime: 60_000 });
}

/** A template with its own style. */
export function useTemplate(name: string) {
  return useQuery({ queryKey: ['template', name], queryFn: () => unwrap(api.GET('/api/v1/templates/{name}', { params: { path: { name } } })), enabled: name !== '' });
}

export function useCopyTemplate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['NewTemplate']) => unwrap(api.POST('/api/v1/templates', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['templates'] }),
  });
}

/** `revision` names the state of the document: the preview is made again when it changes. */
export function usePreview(of: Exported, id: string, template: string, revision: string, style?: string) {
  return useQuery({
    queryKey: [of === 'resumes' ? 'resume' : 'tailoring', id, 'preview', template, revision, style ?? ''],
    queryFn: ({ signal }) => {
      const params = { params: { path: { id }, query: style === undefined ? { template } : { template, style } }, signal };
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
