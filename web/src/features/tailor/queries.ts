import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { ApiProblem, api, isProblem, problemOf, unwrap } from '../../api/client';
import { tailoringsKey } from '../../api/queries';
import { forgetPast, notePast, readPast } from './history';

export type TailoringDetail = Schemas['TailoringDetail'];
export type Suggestion = Schemas['Suggestion'];

/** Another window chose meanwhile: what it chose, and what was chosen here. */
export class TailoringConflict extends Error {
  readonly theirs: string[];
  readonly mine: string[];
  constructor(theirs: string[], mine: string[]) {
    super('changed in two places');
    this.name = 'TailoringConflict';
    this.theirs = theirs;
    this.mine = mine;
  }
}

const detailKey = (id: string) => ['tailoring', id, 'detail'];

export function useCreateTailoring(resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (job: string) => unwrap(api.POST('/api/v1/resumes/{id}/tailorings', { params: { path: { id: resumeId } }, body: { job } })),
    onSuccess: (detail) => {
      queries.setQueryData(detailKey(detail.id), detail);
      void queries.invalidateQueries({ queryKey: tailoringsKey(resumeId) });
    },
  });
}

export function useTailoring(id: string) {
  return useQuery({
    queryKey: detailKey(id),
    queryFn: () => unwrap(api.GET('/api/v1/tailorings/{id}', { params: { path: { id } } })),
  });
}

export function useAccept(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (accepted: string[]) => {
      // The version is asked for only now: the choice before this one may just have raised it.
      const version = queries.getQueryData<TailoringDetail>(detailKey(id))?.version;
      const answer = await api.PATCH('/api/v1/tailorings/{id}', { params: { path: { id } }, body: { accepted, version } }).catch((error: unknown) => {
        throw new ApiProblem(problemOf(error));
      });
      const refused: unknown = answer.error;
      if (answer.response.status === 409 && isProblem(refused) && 'present' in refused) {
        const present = refused.present as TailoringDetail;
        queries.setQueryData(detailKey(id), present);
        throw new TailoringConflict(present.accepted, accepted);
      }
      return unwrap(Promise.resolve(answer));
    },
    // A choice is small: a server that is out of reach for a moment is asked again, so that nothing is lost.
    retry: (failures, error) => failures < 5 && error instanceof ApiProblem && error.problem.status === 0,
    networkMode: 'always',
    // One after another, so that the last choice is the one that stays.
    scope: { id: `tailoring-${id}` },
    onSuccess: async (detail) => {
      // What was asked for before this choice must not come in after it.
      await queries.cancelQueries({ queryKey: detailKey(id), exact: true });
      const before = queries.getQueryData<TailoringDetail>(detailKey(id));
      const first = before && readPast(id).length === 0 ? [{ at: before.created_at, accepted: before.accepted, total: before.now.total }] : [];
      notePast(id, ...first, { at: new Date().toISOString(), accepted: detail.accepted, total: detail.now.total });
      queries.setQueryData(detailKey(id), detail);
      void queries.invalidateQueries({ queryKey: tailoringsKey(detail.resume_id) });
    },
    onError: (error) => {
      if (!(error instanceof TailoringConflict)) void queries.invalidateQueries({ queryKey: detailKey(id) });
    },
  });
}

/** Has the language model that is on word the tailoring anew. */
export function useWordTailoring(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/tailorings/{id}/wordings', { params: { path: { id } } })),
    onSuccess: (detail) => queries.setQueryData(detailKey(id), detail),
  });
}

export function useDeleteTailoring(id: string, resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/tailorings/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      forgetPast(id);
      queries.removeQueries({ queryKey: ['tailoring', id] });
      void queries.invalidateQueries({ queryKey: tailoringsKey(resumeId) });
    },
  });
}

/** A role written as a job. */
export function useRolePosting(role: string | null) {
  return useQuery({
    queryKey: ['role-posting', role],
    queryFn: () => unwrap(api.GET('/api/v1/roles/{role}/posting', { params: { path: { role: role ?? '' } } })),
    enabled: role !== null,
    staleTime: Infinity,
  });
}
