import { useMutation, useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';

/** Whose workspace this is. */
export function useAccount() {
  return useQuery({ queryKey: ['account'], queryFn: () => unwrap(api.GET('/api/v1/account')) });
}

/** How this server lets people in. */
export function useDoors() {
  return useQuery({ queryKey: ['doors'], queryFn: () => unwrap(api.GET('/api/v1/auth')), staleTime: Infinity });
}

/** Another person's data must not stay in memory: the page begins anew. */
const beginAnew = () => window.location.assign('/');

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
