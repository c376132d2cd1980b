import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';
import { lettersKey } from '../../api/queries';

export type LetterDetail = Schemas['LetterDetail'];
export type Letter = Schemas['Letter'];
export type Sentence = Schemas['Sentence'];
export type Wish = Schemas['Wish'];
export type LetterChange = Omit<Schemas['LetterChange'], 'version'>;

const detailKey = (id: string) => ['letter', id];

export function useCreateLetter(resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { job: string; wish: Wish }) => unwrap(api.POST('/api/v1/resumes/{id}/letters', { params: { path: { id: resumeId } }, body })),
    onSuccess: (detail) => {
      queries.setQueryData(detailKey(detail.id), detail);
      void queries.invalidateQueries({ queryKey: lettersKey(resumeId) });
    },
  });
}

export function useLetter(id: string) {
  return useQuery({ queryKey: detailKey(id), queryFn: () => unwrap(api.GET('/api/v1/letters/{id}', { params: { path: { id } } })) });
}

export function useChangeLetter(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: LetterChange) => {
      // The version is asked for only now: the change before this one may just have raised it.
      const version = queries.getQueryData<LetterDetail>(detailKey(id))?.version ?? 0;
      return unwrap(api.PATCH('/api/v1/letters/{id}', { params: { path: { id } }, body: { ...change, version } }));
    },
    scope: { id: `letter-${id}` },
    onSuccess: (detail) => queries.setQueryData(detailKey(id), detail),
    onError: () => queries.invalidateQueries({ queryKey: detailKey(id) }),
  });
}

/** Has the language model that is on reword what the letter claims. */
export function useWordLetter(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => {
      const version = queries.getQueryData<LetterDetail>(detailKey(id))?.version ?? 0;
      return unwrap(api.POST('/api/v1/letters/{id}/wordings', { params: { path: { id } }, body: { version } }));
    },
    scope: { id: `letter-${id}` },
    onSuccess: (detail) => queries.setQueryData(detailKey(id), detail),
    onError: () => queries.invalidateQueries({ queryKey: detailKey(id) }),
  });
}

export function useDeleteLetter(resumeId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/v1/letters/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: lettersKey(resumeId) }),
  });
}

export function useLetterPreview(id: string, template: string, version: number) {
  return useQuery({
    queryKey: ['letter', id, 'preview', template, version],
    queryFn: () => unwrap(api.GET('/api/v1/letters/{id}/preview', { params: { path: { id }, query: { template } } })),
    placeholderData: keepPreviousData,
    enabled: template !== '',
  });
}
