// A team: who is in it, what they may do, how others come in, and the way out.
import '../../ui/setting.css';
import './teams.css';
import type { SubmitEvent } from 'react';
import { useTeam } from '../../api/queries';
import { submitted } from '../../lib/forms';
import { t } from '../../lib/i18n';
import { inTeam } from '../../lib/team';
import { useTitle } from '../../lib/useTitle';
import { Button, Chip, Loading, ProblemCard } from '../../ui/basics';
import { Input } from '../../ui/Input';
import { useToast } from '../../ui/Toasts';
import { Invitations } from './Invitations';
import { Leaving } from './Leaving';
import type { Member, Role, Team } from './queries';
import { ROLES, useMembers, useRemoveMember, useRenameMyself, useRenameTeam, useSetRole } from './queries';
import { TakeOutButton } from './TakeOutButton';

export default function TeamView() {
  const team = useTeam();
  useTitle(team.data?.name ?? null);
  if (!team.data) return <main className="page">{team.isError ? <ProblemCard error={team.error} /> : <Loading what={t('team.loading')} />}</main>;
  return <OneTeam team={team.data} />;
}

function OneTeam({ team }: { team: Team }) {
  const members = useMembers(team.id);
  const owns = team.role === 'owner';
  const owners = members.data?.filter(({ role }) => role === 'owner').length ?? 0;
  const isLast = owns && owners <= 1;
  return (
    <main className="page settings">
      <div className="page-head">
        <h1>{team.name}</h1>
        <p className="muted">{t('team.lead')}</p>
      </div>
      <section className="card stack" aria-labelledby="team-members">
        <h2 id="team-members">{t('team.members')}</h2>
        {members.isPending && <Loading what={t('team.members')} />}
        {members.isError && <ProblemCard error={members.error} />}
        <ul className="setting-list">
          {members.data?.map((member) => (
            <OneMember key={member.id} team={team} member={member} owns={owns} isLast={isLast && member.you} />
          ))}
        </ul>
        <details className="small">
          <summary>{t('team.roles')}</summary>
          <dl className="role-list">
            {ROLES.map((role) => (
              <div key={role}>
                <dt>
                  <strong>{t(`team.role.${role}`)}</strong>
                </dt>
                <dd className="muted">{t(`team.may.${role}`)}</dd>
              </div>
            ))}
          </dl>
        </details>
      </section>
      {owns && <Invitations teamId={team.id} />}
      <Names team={team} owns={owns} />
      <Leaving team={team} isLast={isLast} />
    </main>
  );
}

function OneMember({ team, member, owns, isLast }: { team: Team; member: Member; owns: boolean; isLast: boolean }) {
  const setRole = useSetRole(team.id);
  const remove = useRemoveMember(team.id);
  const say = useToast();
  const told = { onError: (error: Error) => say(error.message) };
  const change = (role: Role) => setRole.mutate({ member: member.id, role }, { ...told, onSuccess: () => say(t('team.changed', { name: member.name, role: t(`team.role.${role}`) })) });
  return (
    <li className="setting">
      <span>
        <strong className="row tight">
          {member.name} {member.you && <Chip tone="accent">{t('team.you')}</Chip>}
        </strong>
        <span className="muted small">{member.email}</span>
      </span>
      {owns ? (
        <span className="row tight">
          <select
            className="select"
            aria-label={t('team.role-of', { name: member.name })}
            value={member.role}
            disabled={isLast || setRole.isPending}
            title={isLast ? t('team.leave.last') : undefined}
            onChange={(event) => change(event.target.value as Role)}
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`team.role.${role}`)}
              </option>
            ))}
          </select>
          {!member.you && <TakeOutButton name={member.name} busy={remove.isPending} onTakeOut={() => remove.mutate(member.id, { ...told, onSuccess: () => say(t('team.removed', { name: member.name })) })} />}
        </span>
      ) : (
        <Chip>{t(`team.role.${member.role}`)}</Chip>
      )}
    </li>
  );
}

function Names({ team, owns }: { team: Team; owns: boolean }) {
  const myself = useRenameMyself(team.id);
  const rename = useRenameTeam(team.id);
  const say = useToast();
  const submit = (event: SubmitEvent<HTMLFormElement>, save: typeof rename) => save.mutate(submitted(event)('name').trim(), { onSuccess: () => say(t('team.renamed')), onError: (error) => say(error.message) });
  return (
    <section className="card stack" aria-labelledby="team-names">
      <h2 id="team-names">{t('team.settings')}</h2>
      <form className="row end" onSubmit={(event) => submit(event, myself)}>
        <Input key={team.own_name} name="name" label={`${t('team.own-name')}. ${t('team.own-name.why')}`} defaultValue={team.own_name} maxLength={80} pattern=".*\S.*" autoComplete="name" />
        <Button type="submit" disabled={myself.isPending} aria-label={`${t('save')}: ${t('team.own-name')}`}>
          {t('save')}
        </Button>
      </form>
      {owns && (
        <>
          <form className="row end" onSubmit={(event) => submit(event, rename)}>
            <Input key={team.name} name="name" label={t('teams.name')} defaultValue={team.name} maxLength={80} pattern=".*\S.*" autoComplete="off" />
            <Button type="submit" disabled={rename.isPending} aria-label={`${t('save')}: ${t('teams.name')}`}>
              {t('save')}
            </Button>
          </form>
          <div className="setting">
            <span>
              <strong>{t('team.take')}</strong>
              <span className="muted small">{t('data.take.why')}</span>
            </span>
            <a className="button" href={inTeam('/api/v1/account/export')} download="bespoke-team.zip">
              {t('data.take.do')}
            </a>
          </div>
        </>
      )}
    </section>
  );
}
