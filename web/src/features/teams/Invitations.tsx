// How others come into a team: a link for each, which an owner sends as they like.
import { UserPlus } from 'lucide-react';
import type { SubmitEvent } from 'react';
import { useId, useState } from 'react';
import { submitted } from '../../lib/forms';
import { day, t } from '../../lib/i18n';
import { Button, Chip, ProblemCard } from '../../ui/basics';
import { CopyField } from '../../ui/CopyField';
import { Input } from '../../ui/Input';
import { useToast } from '../../ui/Toasts';
import type { Role } from './queries';
import { useCanSend } from '../../api/queries';
import { ROLES, useInvitations, useInvite, useTakeBack } from './queries';

export function Invitations({ teamId }: { teamId: string }) {
  const list = useInvitations(teamId);
  const invite = useInvite(teamId);
  const takeBack = useTakeBack(teamId);
  const say = useToast();
  const id = useId();
  const canSend = useCanSend();
  const [sentTo, setSentTo] = useState('');
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const text = submitted(event);
    const form = event.currentTarget;
    const email = text('email').trim();
    const send = canSend && text('send') !== '' && email !== '';
    const done = () => {
      setSentTo(send ? email : '');
      form.reset();
    };
    invite.mutate({ role: text('role') as Role, email: email || null, send }, { onSuccess: done });
  };
  return (
    <section className="card stack" aria-labelledby="team-invite">
      <div>
        <h2 id="team-invite">{t('team.invite')}</h2>
        <p className="muted small">{t('team.invite.why')}</p>
      </div>
      <form className="stack" onSubmit={submit}>
        <label htmlFor={`${id}-role`} className="labelled">
          <span className="small muted">{t('team.invite.role')}</span>
          <select id={`${id}-role`} name="role" className="select" defaultValue="editor">
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`team.role.${role}`)}: {t(`team.may.${role}`)}
              </option>
            ))}
          </select>
        </label>
        <Input name="email" type="email" label={t('team.invite.email')} required={false} autoComplete="off" />
        {canSend && (
          <label className="row small">
            <input type="checkbox" name="send" defaultChecked /> {t('team.invite.send')}
          </label>
        )}
        <Button type="submit" look="primary" disabled={invite.isPending}>
          <UserPlus size={15} aria-hidden /> {t('team.invite.make')}
        </Button>
      </form>
      {invite.isError && <ProblemCard error={invite.error} />}
      {invite.data && (
        <div role="status">
          <CopyField key={invite.data.path} label={t('team.invite.link')} value={new URL(invite.data.path, window.location.origin).href} look="primary" copied={t('team.invite.copied')} />
          <p className="muted small">{sentTo ? t('team.invite.sent', { email: sentTo }) : t('team.invite.once')}</p>
        </div>
      )}
      {list.isError && <ProblemCard error={list.error} />}
      {!!list.data?.length && (
        <>
          <h3>{t('team.invite.open')}</h3>
          <ul className="setting-list">
            {list.data.map((invitation) => {
              const who = invitation.email ?? t('team.invite.nobody');
              return (
                <li key={invitation.id} className="setting">
                  <span>
                    <strong className="row tight">
                      {who} <Chip>{t(`team.role.${invitation.role}`)}</Chip>
                    </strong>
                    <span className="muted small">{t('team.invite.until', { day: day(new Date(invitation.expires_at)) })}</span>
                  </span>
                  <Button
                    slim
                    disabled={takeBack.isPending}
                    aria-label={`${t('team.invite.back')}: ${who}`}
                    onClick={() => takeBack.mutate(invitation.id, { onSuccess: () => say(t('team.invite.taken-back')), onError: (error) => say(error.message) })}
                  >
                    {t('team.invite.back')}
                  </Button>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}
