// API tokens: made with what they may do, shown once, revoked.
import { KeyRound } from 'lucide-react';
import type { SubmitEvent } from 'react';
import { useId, useState } from 'react';
import type { Schemas } from '../../api/client';
import { useTeams } from '../../api/queries';
import { submitted } from '../../lib/forms';
import { day, t } from '../../lib/i18n';
import { sayWhen } from '../../lib/words';
import { Button, Chip, Loading, ProblemCard } from '../../ui/basics';
import { CopyField } from '../../ui/CopyField';
import { Dialog } from '../../ui/Dialog';
import { Input } from '../../ui/Input';
import { EndOptions } from '../../ui/EndOptions';
import { useToast } from '../../ui/Toasts';
import { useMakeToken, useRevokeToken, useTokens } from './queries';

/** Days after which a token ends; 0 is never. */
const ENDS = [30, 90, 365, 0] as const;
const SCOPES = ['read', 'write'] as const;

export function TokensCard() {
  const tokens = useTokens();
  const [making, setMaking] = useState(false);
  return (
    <section className="card stack" aria-labelledby="settings-tokens">
      <div className="setting">
        <span>
          <h2 id="settings-tokens">{t('tokens.title')}</h2>
          <span className="muted small">
            {t('tokens.why')}{' '}
            <a href="/api/docs" target="_blank" rel="noreferrer">
              {t('tokens.docs')}
            </a>
          </span>
        </span>
        <Button onClick={() => setMaking(true)}>
          <KeyRound size={15} aria-hidden /> {t('tokens.make')}
        </Button>
      </div>
      {tokens.isPending && <Loading what={t('tokens.title')} />}
      {tokens.isError && <ProblemCard error={tokens.error} />}
      {!!tokens.data?.length && (
        <ul className="setting-list">
          {tokens.data.map((token) => (
            <Token key={token.id} token={token} />
          ))}
        </ul>
      )}
      {making && <MakeToken onClose={() => setMaking(false)} />}
    </section>
  );
}

function Token({ token }: { token: Schemas['ApiTokenDetail'] }) {
  const revoke = useRevokeToken();
  const say = useToast();
  const team = useTeams().data?.find(({ id }) => id === token.team_id);
  const facts = [
    ...(team ? [t('tokens.only', { team: team.name })] : []),
    token.last_used_at ? t('tokens.used', { when: sayWhen(token.last_used_at) }) : t('tokens.unused'),
    token.expires_at ? t('share.until', { day: day(new Date(token.expires_at)) }) : t('tokens.endless'),
  ];
  return (
    <li className="setting">
      <span>
        <strong className="row tight">
          {token.name} <Chip tone={token.scope === 'write' ? 'warn' : ''}>{t(`tokens.${token.scope}`)}</Chip>
        </strong>
        <span className="muted small">{facts.join(' · ')}</span>
      </span>
      <Button
        slim
        disabled={revoke.isPending}
        aria-label={`${t('tokens.revoke')}: ${token.name}`}
        onClick={() => revoke.mutate(token.id, { onSuccess: () => say(t('tokens.revoked', { name: token.name })), onError: (error) => say(error.message) })}
      >
        {t('tokens.revoke')}
      </Button>
    </li>
  );
}

function MakeToken({ onClose }: { onClose: () => void }) {
  const make = useMakeToken();
  const teams = useTeams();
  const id = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const text = submitted(event);
    const days = Number(text('days'));
    make.mutate({ name: text('name').trim(), scope: text('scope') === 'write' ? 'write' : 'read', days: days > 0 ? days : null, team_id: text('team') || null });
  };
  if (make.data) {
    return (
      <Dialog title={make.data.name}>
        <CopyField label={t('tokens.token')} value={make.data.token} look="primary" copied={t('tokens.copied')} />
        <p className="muted small">{t('tokens.once')}</p>
        <div className="row">
          <Button onClick={onClose}>{t('tokens.kept')}</Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('tokens.make')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <Input name="name" label={t('tokens.name')} maxLength={100} autoComplete="off" pattern=".*\S.*" />
        <fieldset className="choices">
          <legend className="small muted">{t('tokens.may')}</legend>
          {SCOPES.map((scope) => (
            <label key={scope} className="row">
              <input type="radio" name="scope" value={scope} defaultChecked={scope === 'read'} /> {t(`tokens.${scope}.long`)}
            </label>
          ))}
        </fieldset>
        {!!teams.data?.length && (
          <label htmlFor={`${id}-team`} className="labelled">
            <span className="small muted">{t('tokens.where')}</span>
            <select id={`${id}-team`} name="team" className="select">
              <option value="">{t('tokens.everywhere')}</option>
              {teams.data.map((team) => (
                <option key={team.id} value={team.id}>
                  {t('tokens.only', { team: team.name })}
                </option>
              ))}
            </select>
          </label>
        )}
        <label htmlFor={`${id}-days`} className="labelled">
          <span className="small muted">{t('share.expires')}</span>
          <select id={`${id}-days`} name="days" className="select" defaultValue={90}>
            <EndOptions days={ENDS} />
          </select>
        </label>
        <Button type="submit" look="primary" disabled={make.isPending}>
          {t('tokens.make')}
        </Button>
        {make.isError && <ProblemCard error={make.error} />}
      </form>
    </Dialog>
  );
}
