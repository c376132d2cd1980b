// What several features ask the server for: one key and one request each, so that all see the same answer.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { today } from '../lib/words';
import type { Schemas } from './client';
import { api, unwrap } from './client';
import { TEAM } from '../lib/team';

export const resumesKey = ['resumes'];
export const resumeKey = (id: string) => ['resume', id, 'detail'];
export const auditKey = (id: string, strict: boolean) => ['resume', id, 'audit', strict];
export const tailoringsKey = (resumeId: string) => ['tailorings', resumeId];
export const lettersKey = (resumeId: string) => ['letters', resumeId];
export const applicationsKey = ['applications'];
export const dueKey = ['due'];
export const boardKeysKey = ['board-keys'];
export const modelKey = ['language-model'];
export const templatesKey = ['templates'];
export const sharesKey = ['shares'];
export const accountKey = ['account'];
export const teamKey = ['team'];
export const teamsKey = ['teams'];

/** Whose workspace this is. */
export function useAccount(enabled = true) {
  return useQuery({ queryKey: accountKey, queryFn: () => unwrap(api.GET('/api/v1/account')), enabled, staleTime: 60_000 });
}

/** Which ways into an account this server offers, and whether it sends e-mail. */
export function useDoors(enabled = true) {
  return useQuery({ queryKey: ['doors'], queryFn: () => unwrap(api.GET('/api/v1/auth')), enabled, staleTime: Infinity });
}

/** Whether the person may send e-mail to others: the server can, and their address is proved. */
export function useCanSend() {
  const doors = useDoors();
  const account = useAccount();
  return !!doors.data?.mail && !!account.data?.email_verified;
}

/** The team that this page is about, and what the person is there. */
export function useTeam(enabled = true) {
  return useQuery({
    queryKey: teamKey,
    queryFn: () => unwrap(api.GET('/api/v1/teams/{id}', { params: { path: { id: TEAM ?? '' } } })),
    enabled: enabled && TEAM !== undefined,
    // Another role holds at once at the server; the page follows.
    refetchInterval: 15_000,
  });
}

/** What the person may do here; with their own things, everything. */
export function useMay() {
  const { data } = useTeam();
  const role = TEAM === undefined ? 'owner' : (data?.role ?? 'viewer');
  return { role, edit: role === 'owner' || role === 'editor', comment: role !== 'viewer', own: role === 'owner' };
}

/** The teams that the person is in. */
export function useTeams() {
  const signedIn = useAccount().data?.kind === 'account';
  return useQuery({ queryKey: teamsKey, queryFn: () => unwrap(api.GET('/api/v1/teams')), enabled: signedIn, staleTime: 60_000 });
}

/** All résumés of the workspace, newest first. */
export function useResumes() {
  return useQuery({
    queryKey: resumesKey,
    queryFn: () => unwrap(api.GET('/api/v1/resumes')),
    // The socket tells when one is read; this is for the case that there is no socket.
    refetchInterval: (query) => (query.state.data?.some((resume) => resume.status === 'reading') ? 2000 : false),
  });
}

/** One résumé with all that was understood. */
export function useResume(id: string) {
  return useQuery({
    queryKey: resumeKey(id),
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.status === 'reading' ? 1500 : false),
  });
}

/** What the audit finds; a judgement of the other strictness stays in place until this one is there. */
export function useAudit(id: string, strict: boolean) {
  return useQuery({
    queryKey: auditKey(id, strict),
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/audit', { params: { path: { id }, query: { strict } } })),
    placeholderData: (before, query) => (query?.queryKey[1] === id ? before : undefined),
  });
}

/** The tailorings of a résumé, newest first. */
export function useTailorings(resumeId: string) {
  return useQuery({
    queryKey: tailoringsKey(resumeId),
    queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/tailorings', { params: { path: { id: resumeId } } })),
  });
}

/** All applications of the workspace. */
export function useApplications() {
  return useQuery({ queryKey: applicationsKey, queryFn: () => unwrap(api.GET('/api/v1/applications')) });
}

/** Puts an application on the board. */
export function useAddApplication() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['NewApplication']) => unwrap(api.POST('/api/v1/applications', { body })),
    onSuccess: (made) => {
      queries.setQueryData<Schemas['Application'][]>(applicationsKey, (all = []) => [made, ...all]);
      void queries.invalidateQueries({ queryKey: dueKey });
    },
  });
}

/** What is due today where the person is. */
export function useDue() {
  const on = today();
  return useQuery({ queryKey: [...dueKey, on], queryFn: () => unwrap(api.GET('/api/v1/applications/due', { params: { query: { on } } })) });
}

/** The letters of a résumé, newest first. */
export function useLetters(resumeId: string) {
  return useQuery({ queryKey: lettersKey(resumeId), queryFn: () => unwrap(api.GET('/api/v1/resumes/{id}/letters', { params: { path: { id: resumeId } } })) });
}

/** The job boards that there is a key for; never the keys. */
export function useBoardKeys() {
  const { edit } = useMay();
  return useQuery({ queryKey: boardKeysKey, queryFn: () => unwrap(api.GET('/api/v1/board-keys')), enabled: edit, staleTime: 60_000 });
}

/** Which language model may be switched on, and which is. */
export function useLanguageModel() {
  const { edit } = useMay();
  return useQuery({ queryKey: modelKey, queryFn: () => unwrap(api.GET('/api/v1/model')), enabled: edit, staleTime: 60_000 });
}

/** The templates of the product, then the workspace's own. */
export function useTemplates() {
  return useQuery({ queryKey: templatesKey, queryFn: () => unwrap(api.GET('/api/v1/templates')), staleTime: 60_000 });
}

/** One template with its source, its style and its faults. */
export function useTemplate(name: string) {
  return useQuery({ queryKey: ['template', name], queryFn: () => unwrap(api.GET('/api/v1/templates/{name}', { params: { path: { name } } })), enabled: name !== '' });
}

/** Every link of the workspace, also those that have ended, newest first. */
export function useShares() {
  return useQuery({ queryKey: sharesKey, queryFn: () => unwrap(api.GET('/api/v1/shares')) });
}
