import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';

export function useResumes() {
  return useQuery({
    queryKey: ['resumes'],
    queryFn: () => unwrap(api.GET('/api/v1/resumes')),
    // The socket tells when one is read; this is for the case that there is no socket.
    refetchInterval: (query) => (query.state.data?.some((resume) => resume.status === 'reading') ? 2000 : false),
  });
}

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
    onSettled: () => queries.invalidateQueries({ queryKey: ['resumes'] }),
  });
}

export function useDeleteResume() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/v1/resumes/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['resumes'] }),
  });
}
