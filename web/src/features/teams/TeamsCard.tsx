// The teams of an account: opened, or a new one made.
import '../../ui/setting.css';
import './teams.css';
import { UsersRound } from 'lucide-react';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useAccount, useTeams } from '../../api/queries';
import { submitted } from '../../lib/forms';
import { t } from '../../lib/i18n';
import { teamAddress } from '../../lib/team';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { Dialog } from '../../ui/Dialog';
import { Input } from '../../ui/Input';
import { useMakeTeam } from './queries';

export default function TeamsCard() {
  const account = useAccount();
  const teams = useTeams();
  const [making, setMaking] = useState(false);
  const guest = account.data?.kind === 'guest';
  return (
    <section className="card stack" aria-labelledby="settings-teams">
      <div className="setting">
        <span>
          <h2 id="settings-teams">{t('teams.title')}</h2>
          <span className="muted small">
            {t('teams.why')} {guest && t('teams.guest')}
          </span>
        </span>
        {!guest && (
          <Button onClick={() => setMaking(true)}>
            <UsersRound size={15} aria-hidden /> {t('teams.make')}
          </Button>
        )}
      </div>
      {teams.isLoading && <Loading what={t('teams.title')} />}
      {teams.isError && <ProblemCard error={teams.error} />}
      {!!teams.data?.length && (
        <ul className="setting-list">
          {teams.data.map(({ id, name, role }) => (
            <li key={id} className="setting">
              <span>
                <strong>{name}</strong>
                <span className="muted small">{t('teams.you-are', { role: t(`team.role.${role}`) })}</span>
              </span>
              <span className="row tight">
                <a className="button slim" href={teamAddress(id, 'team')} aria-label={`${t('team.members')}: ${name}`}>
                  {t('team.members')}
                </a>
                <a className="button slim primary" href={teamAddress(id)} aria-label={`${t('teams.open')}: ${name}`}>
                  {t('teams.open')}
                </a>
              </span>
            </li>
          ))}
        </ul>
      )}
      {making && <MakeTeam onClose={() => setMaking(false)} />}
    </section>
  );
}

function MakeTeam({ onClose }: { onClose: () => void }) {
  const make = useMakeTeam();
  const submit = (event: SubmitEvent<HTMLFormElement>) =>
    make.mutate(submitted(event)('name').trim(), { onSuccess: ({ id }) => window.location.assign(teamAddress(id, 'team')) });
  return (
    <Dialog title={t('teams.make')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <Input name="name" label={t('teams.name')} maxLength={80} autoComplete="off" pattern=".*\S.*" />
        <Button type="submit" look="primary" disabled={make.isPending}>
          {t('teams.make')}
        </Button>
        {make.isError && <ProblemCard error={make.error} />}
      </form>
    </Dialog>
  );
}
