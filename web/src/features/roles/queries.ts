import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';

export function useRoles(resumeId: string, blend: number) {
  return useQuery({
    queryKey: ['resume', resumeId, 'roles', blend],
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/roles', { params: { path: { id: resumeId }, query: { top: 10, blend } } })),
    placeholderData: keepPreviousData,
  });
}

type RoleMark = Schemas['RoleMark'];
const MARKS = ['role-marks'];

/** The roles that the person keeps or hides. */
export function useRoleMarks() {
  return useQuery({ queryKey: MARKS, queryFn: () => unwrap(api.GET('/api/v1/roles/marks')) });
}

/** Keeps a role, hides it, or takes its mark away; shown at once, taken back where the server refuses. */
export function useMarkRole() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ role, mark }: { role: string; mark: Schemas['Mark'] | null }) =>
      unwrap(api.PUT('/api/v1/roles/marks/{role}', { params: { path: { role } }, body: { mark } })),
    scope: { id: 'role-marks' },
    onMutate: ({ role, mark }) =>
      queries.setQueryData<RoleMark[]>(MARKS, (all = []) => [...all.filter((known) => known.role !== role), ...(mark ? [{ role, mark }] : [])]),
    onSettled: () => queries.invalidateQueries({ queryKey: MARKS }),
  });
}
