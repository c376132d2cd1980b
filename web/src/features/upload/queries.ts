import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { resumesKey } from '../../api/queries';

export function useUpload() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (file: File) =>
      unwrap(
        api.POST('/api/v1/resumes', {
          body: { file: file.name },
          bodySerializer: () => {
            const form = new FormData();
            form.append('file', file, file.name);
            return form;
          },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: resumesKey }),
  });
}

export function useDeleteResume() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/v1/resumes/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: resumesKey }),
  });
}
