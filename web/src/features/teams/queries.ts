import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';
import { teamKey, teamsKey } from '../../api/queries';

export type Role = Schemas['Role'];
export type Team = Schemas['Team'];
export type Member = Schemas['Member'];

/** From who may most to who may least. */
export const ROLES = ['owner', 'editor', 'commenter', 'viewer'] as const satisfies readonly Role[];

const membersKey = ['team-members'];
const invitationsKey = ['team-invitations'];
const of = (id: string) => ({ params: { path: { id } } });

/** A change after which what `keys` name is asked again. */
function useChange<Body, Answer>(keys: string[][], change: (body: Body) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => {
      for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
    },
  });
}

export const useMakeTeam = () => useChange([teamsKey], (name: string) => unwrap(api.POST('/api/v1/teams', { body: { name } })));

export const useMembers = (id: string) => useQuery({ queryKey: membersKey, queryFn: () => unwrap(api.GET('/api/v1/teams/{id}/members', of(id))) });

export const useSetRole = (id: string) =>
  useChange([membersKey, teamKey], ({ member, role }: { member: string; role: Role }) =>
    unwrap(api.PATCH('/api/v1/teams/{id}/members/{member}', { params: { path: { id, member } }, body: { role } })),
  );

export const useRemoveMember = (id: string) => useChange([membersKey], (member: string) => unwrap(api.DELETE('/api/v1/teams/{id}/members/{member}', { params: { path: { id, member } } })));

export const useInvitations = (id: string) => useQuery({ queryKey: invitationsKey, queryFn: () => unwrap(api.GET('/api/v1/teams/{id}/invitations', of(id))) });

export const useInvite = (id: string) => useChange([invitationsKey], (body: Schemas['NewInvitation']) => unwrap(api.POST('/api/v1/teams/{id}/invitations', { ...of(id), body })));

export const useTakeBack = (id: string) =>
  useChange([invitationsKey], (invitation: string) => unwrap(api.DELETE('/api/v1/teams/{id}/invitations/{invitation}', { params: { path: { id, invitation } } })));

export const useRenameTeam = (id: string) => useChange([teamKey, teamsKey], (name: string) => unwrap(api.PATCH('/api/v1/teams/{id}', { ...of(id), body: { name } })));

export const useRenameMyself = (id: string) => useChange([teamKey, membersKey], (name: string) => unwrap(api.PATCH('/api/v1/teams/{id}/membership', { ...of(id), body: { name } })));

/** Nothing of the team may stay in memory. */
const toOwn = { onSuccess: () => window.location.assign('/') };
export const useLeaveTeam = (id: string) => useMutation({ mutationFn: () => unwrap(api.DELETE('/api/v1/teams/{id}/membership', of(id))), ...toOwn });
export const useDeleteTeam = (id: string) => useMutation({ mutationFn: () => unwrap(api.DELETE('/api/v1/teams/{id}', of(id))), ...toOwn });

/** What an invitation invites to. */
export const useInvitation = (token: string) =>
  useQuery({ queryKey: ['invitation', token], queryFn: () => unwrap(api.POST('/api/v1/invitations/show', { body: { token } })), enabled: token !== '', staleTime: Infinity });

export const useAccept = () => useMutation({ mutationFn: (body: Schemas['InvitationAcceptance']) => unwrap(api.POST('/api/v1/invitations/accept', { body })) });
