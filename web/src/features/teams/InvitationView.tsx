// The page of an invitation: says what it is for, has somebody sign in, and lets them in. Its secret stands behind # in
// the address, which no server sees.
import '../../ui/setting.css';
import './teams.css';
import type { ReactNode, SubmitEvent } from 'react';
import { useEffect, useState } from 'react';
import { useAccount } from '../../api/queries';
import { comeBackTo } from '../../lib/after';
import { submitted } from '../../lib/forms';
import { t } from '../../lib/i18n';
import { teamAddress } from '../../lib/team';
import { useTitle } from '../../lib/useTitle';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { Input } from '../../ui/Input';
import { useAccept, useInvitation } from './queries';

/** `renderAccount`: where a guest signs in or makes an account. */
export default function InvitationView({ renderAccount }: { renderAccount: () => ReactNode }) {
  useTitle(t('invitation.title'));
  const [token] = useState(() => window.location.hash.slice(1));
  const invitation = useInvitation(token);
  const account = useAccount();
  const guest = account.data?.kind === 'guest';
  useEffect(() => {
    if (guest && invitation.data) comeBackTo(`/invitation#${token}`);
  }, [guest, invitation.data, token]);
  if (token === '') {
    return (
      <main className="page settings">
        <ProblemCard error={{ type: 'about:blank', code: 'not-found', title: t('invitation.bad'), status: 404, detail: t('invitation.bad.why') }} />
      </main>
    );
  }
  return (
    <main className="page settings">
      {(invitation.isPending || account.isPending) && !invitation.isError && <Loading what={t('invitation.loading')} />}
      {invitation.isError && <ProblemCard error={invitation.error} />}
      {invitation.data && account.data && (
        <>
          <div className="page-head">
            <h1>{t('invitation.into', { team: invitation.data.team })}</h1>
            <p className="muted">{t('invitation.as', { role: t(`team.role.${invitation.data.role}`), may: t(`team.may.${invitation.data.role}`) })}</p>
          </div>
          {guest ? (
            <>
              <p>{t('invitation.sign-in')}</p>
              {renderAccount()}
            </>
          ) : (
            <Accept token={token} usual={account.data.email?.split('@')[0] ?? ''} />
          )}
        </>
      )}
    </main>
  );
}

function Accept({ token, usual }: { token: string; usual: string }) {
  const accept = useAccept();
  const submit = (event: SubmitEvent<HTMLFormElement>) =>
    accept.mutate({ token, name: submitted(event)('name').trim() || null }, { onSuccess: ({ id }) => window.location.assign(teamAddress(id)) });
  return (
    <form className="card stack" onSubmit={submit}>
      <Input name="name" label={`${t('team.own-name')}. ${t('team.own-name.why')}`} defaultValue={usual} maxLength={80} pattern=".*\S.*" autoComplete="name" />
      <Button type="submit" look="primary" disabled={accept.isPending}>
        {t('invitation.accept')}
      </Button>
      {accept.isError && <ProblemCard error={accept.error} />}
    </form>
  );
}
