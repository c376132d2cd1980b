import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';

export type Comment = Schemas['Comment'];

/** Reviewers write on another page: asked again this often while somebody looks. */
const ASK_MS = 30_000;
const commentsKey = (resumeId: string) => ['comments', resumeId];

/** The comments on a résumé, oldest first. */
export function useComments(resumeId: string) {
  return useQuery({
    queryKey: commentsKey(resumeId),
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/comments', { params: { path: { id: resumeId } } })),
    refetchInterval: ASK_MS,
  });
}

export function useWriteComment(resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['CommentRequest']) => unwrap(api.POST('/api/v1/resumes/{id}/comments', { params: { path: { id: resumeId } }, body })),
    onSuccess: (made) => queries.setQueryData<Comment[]>(commentsKey(resumeId), (all = []) => [...all, made]),
  });
}

/** Settles a comment or opens it again; shown at once. */
export function useSettleComment(resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, resolved }: { id: string; resolved: boolean }) => unwrap(api.PATCH('/api/v1/comments/{id}', { params: { path: { id } }, body: { resolved } })),
    onMutate: ({ id, resolved }) => queries.setQueryData<Comment[]>(commentsKey(resumeId), (all = []) => all.map((one) => (one.id === id ? { ...one, resolved } : one))),
    onSettled: () => queries.invalidateQueries({ queryKey: commentsKey(resumeId) }),
  });
}

export function useDeleteComment(resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/v1/comments/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: commentsKey(resumeId) }),
  });
}
