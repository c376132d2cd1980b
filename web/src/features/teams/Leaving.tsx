// Out of a team: alone, or with everybody and everything.
import { LogOut, Trash2 } from 'lucide-react';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { t } from '../../lib/i18n';
import { Button, ProblemCard } from '../../ui/basics';
import { Dialog } from '../../ui/Dialog';
import { Input } from '../../ui/Input';
import type { Team } from './queries';
import { useDeleteTeam, useLeaveTeam } from './queries';

export function Leaving({ team, isLast }: { team: Team; isLast: boolean }) {
  const [asked, setAsked] = useState<'leave' | 'delete' | null>(null);
  return (
    <section className="card stack" aria-label={t('team.leave')}>
      <div className="setting">
        <span>
          <strong>{t('team.leave')}</strong>
          <span className="muted small" id="team-leave-why">
            {isLast ? t('team.leave.last') : t('team.leave.why')}
          </span>
        </span>
        <Button disabled={isLast} aria-describedby="team-leave-why" onClick={() => setAsked('leave')}>
          <LogOut size={15} aria-hidden /> {t('team.leave')}
        </Button>
      </div>
      {team.role === 'owner' && (
        <div className="setting">
          <span>
            <strong>{t('team.delete')}</strong>
            <span className="muted small">{t('team.delete.why')}</span>
          </span>
          <Button onClick={() => setAsked('delete')}>
            <Trash2 size={15} aria-hidden /> {t('team.delete')}
          </Button>
        </div>
      )}
      {asked === 'leave' && <Leave team={team} onClose={() => setAsked(null)} />}
      {asked === 'delete' && <Delete team={team} onClose={() => setAsked(null)} />}
    </section>
  );
}

function Leave({ team, onClose }: { team: Team; onClose: () => void }) {
  const leave = useLeaveTeam(team.id);
  return (
    <Dialog title={t('team.leave')} onClose={onClose}>
      <p>{t('team.leave.why')}</p>
      <div className="row dialog-actions">
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button look="primary" disabled={leave.isPending} onClick={() => leave.mutate()}>
          {t('team.leave')}
        </Button>
      </div>
      {leave.isError && <ProblemCard error={leave.error} />}
    </Dialog>
  );
}

/** It is gone for everybody, so the name is typed. */
function Delete({ team, onClose }: { team: Team; onClose: () => void }) {
  const remove = useDeleteTeam(team.id);
  const [typed, setTyped] = useState('');
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    remove.mutate();
  };
  return (
    <Dialog title={t('team.delete')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>{t('team.delete.why')}</p>
        <Input name="name" label={t('team.delete.type', { team: team.name })} autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
        <Button type="submit" look="primary" disabled={typed.trim() !== team.name || remove.isPending}>
          {t('team.delete.do')}
        </Button>
        {remove.isError && <ProblemCard error={remove.error} />}
      </form>
    </Dialog>
  );
}
