import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';

export type TemplateDetail = Schemas['TemplateDetail'];

export function useTemplates() {
  return useQuery({ queryKey: ['templates'], queryFn: () => unwrap(api.GET('/api/v1/templates')) });
}

export function useTemplate(name: string) {
  return useQuery({ queryKey: ['template', name], queryFn: () => unwrap(api.GET('/api/v1/templates/{name}', { params: { path: { name } } })) });
}

export function useCopyTemplate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['NewTemplate']) => unwrap(api.POST('/api/v1/templates', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['templates'] }),
  });
}

export function useImportTemplate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file, file.name);
      return unwrap(api.POST('/api/v1/templates/import', { body: { file: file.name }, bodySerializer: () => form }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['templates'] }),
  });
}

export function useChangeTemplate(name: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['TemplateChange']) => unwrap(api.PATCH('/api/v1/templates/{name}', { params: { path: { name } }, body })),
    scope: { id: `template-${name}` },
    onSuccess: (kept) => {
      queries.setQueryData(['template', name], kept);
      void queries.invalidateQueries({ queryKey: ['templates'] });
    },
  });
}

export function useDeleteTemplate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => unwrap(api.DELETE('/api/v1/templates/{name}', { params: { path: { name } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['templates'] }),
  });
}

export function useResumes() {
  return useQuery({ queryKey: ['resumes'], queryFn: () => unwrap(api.GET('/api/v1/resumes')) });
}

/** A résumé through a template, drawn again with every version of it. */
export function usePages(resumeId: string | undefined, template: string, version: number) {
  return useQuery({
    queryKey: ['resume', resumeId, 'preview', template, String(version), ''],
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/preview', { params: { path: { id: resumeId ?? '' }, query: { template } } })),
    enabled: resumeId !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
