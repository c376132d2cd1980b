import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { watchDevice } from '../../api/device';
import { forgetAll, allKept, dropKept } from '../../api/device/store';
import { resolve, sendAsNew } from '../../api/device/sync';
import { ApiProblem, fetchBeside, isProblem, problemOf } from '../../api/client';

const KEY = ['device'];

/** All that this device keeps. */
export function useKept() {
  const queries = useQueryClient();
  useEffect(() => watchDevice(() => void queries.invalidateQueries({ queryKey: KEY })), [queries]);
  return useQuery({ queryKey: KEY, queryFn: allKept, networkMode: 'always' });
}

function useChange<T>(mutationFn: (value: T) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    networkMode: 'always',
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: KEY }), queries.invalidateQueries({ queryKey: ['resumes'] })]),
  });
}

export const useForget = () => useChange((id: string) => dropKept(id));
export const useForgetAll = () => useChange(forgetAll);
export const useSendAsNew = () => useChange(sendAsNew);
export const useResolve = () => useChange(({ id, which }: { id: string; which: 'mine' | 'theirs' }) => resolve(id, which));

export type PlainFormat = 'md' | 'txt';

/** The résumé as text, written on this device. */
export function usePlain(id: string, format: PlainFormat) {
  return useQuery({
    queryKey: ['resume', id, 'plain', format],
    networkMode: 'always',
    queryFn: async () => {
      const answer = await fetchBeside(new Request(`/api/v1/resumes/${id}/export?format=${format}`)).catch((error: unknown) => {
        throw new ApiProblem(problemOf(error));
      });
      if (answer.ok) return { text: await answer.text(), name: nameOf(answer) ?? `resume.${format}`, type: answer.headers.get('content-type') ?? 'text/plain' };
      const body: unknown = await answer.json().catch(() => null);
      throw isProblem(body) ? new ApiProblem(body) : new Error(String(answer.status));
    },
  });
}

function nameOf(answer: Response): string | undefined {
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(answer.headers.get('content-disposition') ?? '')?.[1];
  return coded === undefined ? undefined : decodeURIComponent(coded);
}
