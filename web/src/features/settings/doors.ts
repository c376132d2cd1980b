// Ways into the account besides the password: what the server knows of them and how they change.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';
import { accountKey } from '../../api/queries';
import { beginAnew } from '../../lib/after';
import { askPasskey, makePasskey } from './passkeys';

const identitiesKey = ['identities'];
const passkeysKey = ['passkeys'];

export const startOf = (provider: string, consent?: string) => `/api/v1/auth/providers/${provider}/start${consent ? `?consent=${encodeURIComponent(consent)}` : ''}`;

/** Where else people may sign in. */
export const useProviders = () => useQuery({ queryKey: ['providers'], queryFn: () => unwrap(api.GET('/api/v1/auth/providers')), staleTime: Infinity });

export const useIdentities = () => useQuery({ queryKey: identitiesKey, queryFn: () => unwrap(api.GET('/api/v1/account/identities')) });

/** Sends the browser to the provider, which sends it back. */
export const useLink = () =>
  useMutation({
    mutationFn: (body: Schemas['NewIdentity']) => unwrap(api.POST('/api/v1/account/identities', { body })),
    onSuccess: ({ location }) => window.location.assign(location),
  });

export function useUnlink() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/v1/account/identities/{id}', { params: { path: { id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: identitiesKey }),
  });
}

export const usePasskeys = () => useQuery({ queryKey: passkeysKey, queryFn: () => unwrap(api.GET('/api/v1/account/passkeys')) });

export function useAddPasskey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ name, password }: { name: string; password: string }) => {
      const options = await unwrap(api.POST('/api/v1/account/passkeys/options', { body: { password } }));
      return unwrap(api.POST('/api/v1/account/passkeys', { body: await makePasskey(options, name) }));
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: passkeysKey }),
  });
}

export function useRemovePasskey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.DELETE('/api/v1/account/passkeys/{id}', { params: { path: { id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: passkeysKey }),
  });
}

export const usePasskeySignIn = () =>
  useMutation({
    mutationFn: async () => {
      const options = await unwrap(api.POST('/api/v1/auth/passkey/options'));
      return unwrap(api.POST('/api/v1/auth/passkey', { body: await askPasskey(options) }));
    },
    onSuccess: beginAnew,
  });

/** The second step after a provider. */
export const useFinishSignIn = () => useMutation({ mutationFn: (code: string) => unwrap(api.POST('/api/v1/auth/second-factor', { body: { code } })), onSuccess: beginAnew });

export const useForgotten = () => useMutation({ mutationFn: (email: string) => unwrap(api.POST('/api/v1/auth/forgotten', { body: { email } })) });

export const useAskVerification = () => useMutation({ mutationFn: () => unwrap(api.POST('/api/v1/account/verification')) });

export function useChangeAddress() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['NewAddress']) => unwrap(api.POST('/api/v1/account/address', { body })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: accountKey }),
  });
}
