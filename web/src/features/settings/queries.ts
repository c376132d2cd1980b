import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';
import { accountKey, boardKeysKey, modelKey } from '../../api/queries';
import { beginAnew } from '../../lib/after';

export function useSignUp() {
  return useMutation({ mutationFn: (body: Schemas['NewAccount']) => unwrap(api.POST('/api/v1/auth/sign-up', { body })), onSuccess: beginAnew });
}

export function useSignIn() {
  return useMutation({ mutationFn: (body: Schemas['Credentials']) => unwrap(api.POST('/api/v1/auth/sign-in', { body })), onSuccess: beginAnew });
}

export function useSignOut() {
  return useMutation({ mutationFn: () => unwrap(api.POST('/api/v1/auth/sign-out')), onSuccess: beginAnew });
}

/** Deletes the person with everything. */
export function useDeleteAll() {
  return useMutation({ mutationFn: (body: Schemas['Deletion']) => unwrap(api.DELETE('/api/v1/account', { body })), onSuccess: beginAnew });
}

const sessionsKey = ['sessions'];
const tokensKey = ['tokens'];

/** A change after which what `key` names is asked again. */
function useChange<Body, Answer>(key: string[], change: (body: Body) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => void queries.invalidateQueries({ queryKey: key }) });
}

/** Changes the password; every other browser is signed out. */
export const useChangePassword = () => useChange(sessionsKey, (body: Schemas['PasswordChange']) => unwrap(api.POST('/api/v1/account/password', { body })));

/** Makes a second factor that counts once it is confirmed. */
export const useNewSecondFactor = () => useChange(accountKey, (password: string) => unwrap(api.POST('/api/v1/account/second-factor', { body: { password } })));
export const useConfirmSecondFactor = () => useChange(accountKey, (code: string) => unwrap(api.POST('/api/v1/account/second-factor/confirm', { body: { code } })));
export const useDropSecondFactor = () => useChange(accountKey, (password: string) => unwrap(api.DELETE('/api/v1/account/second-factor', { body: { password } })));

/** The browsers that are signed in, the latest first. */
export function useSessions() {
  return useQuery({ queryKey: sessionsKey, queryFn: () => unwrap(api.GET('/api/v1/account/sessions')) });
}
export const useEndSession = () => useChange(sessionsKey, (id: string) => unwrap(api.DELETE('/api/v1/account/sessions/{id}', { params: { path: { id } } })));
/** Signs out every browser but this one. */
export const useEndOtherSessions = () => useChange(sessionsKey, () => unwrap(api.DELETE('/api/v1/account/sessions')));

export function useTokens() {
  return useQuery({ queryKey: tokensKey, queryFn: () => unwrap(api.GET('/api/v1/account/tokens')) });
}
export const useMakeToken = () => useChange(tokensKey, (body: Schemas['NewApiToken']) => unwrap(api.POST('/api/v1/account/tokens', { body })));
export const useRevokeToken = () => useChange(tokensKey, (id: string) => unwrap(api.DELETE('/api/v1/account/tokens/{id}', { params: { path: { id } } })));

/** Keeps a key for a job board, in place of the one before it. */
export const useKeepBoardKey = () => useChange(boardKeysKey, (body: Schemas['NewBoardKey']) => unwrap(api.POST('/api/v1/board-keys', { body })));
export const useDeleteBoardKey = () => useChange(boardKeysKey, (id: string) => unwrap(api.DELETE('/api/v1/board-keys/{id}', { params: { path: { id } } })));

/** Switches a language model on, in place of the one before it. */
export const useKeepModel = () => useChange(modelKey, (body: Schemas['NewLanguageModel']) => unwrap(api.PUT('/api/v1/model', { body })));
export const useDropModel = () => useChange(modelKey, () => unwrap(api.DELETE('/api/v1/model')));
/** Has the model that is on word a sentence about nobody. */
export function useTryModel() {
  return useMutation({ mutationFn: () => unwrap(api.POST('/api/v1/model/test')) });
}
