// The links of a résumé: who looked, how long they work, and what can be done with each.
import type { ReactNode } from 'react';
import { useMay } from '../../api/queries';
import { day, t, tn } from '../../lib/i18n';
import { Button, Chip, ProblemCard } from '../../ui/basics';
import { useToast } from '../../ui/Toasts';
import type { Share } from './queries';
import { useProlongShare, useRefreshShare, useRevokeShare } from './queries';

/** Days that a link which has ended works again. */
const PROLONG_DAYS = 30;

export function ShareList({ shares }: { shares: Share[] }) {
  const there = shares.filter(({ state }) => state !== 'revoked');
  if (there.length === 0) return null;
  return (
    <>
      <h3 className="small">{t('share.list')}</h3>
      <ul className="share-list">
        {there.map((share) => (
          <OneShare key={share.id} share={share} />
        ))}
      </ul>
    </>
  );
}

const dayOf = (date: string) => day(new Date(`${date}T12:00:00Z`));

function OneShare({ share }: { share: Share }) {
  const revoke = useRevokeShare();
  const refresh = useRefreshShare();
  const prolong = useProlongShare();
  const say = useToast();
  const may = useMay();
  const name = share.label || t('share.none');
  const open = share.state === 'open';
  const seen = [
    tn('share.views', share.views),
    share.downloads > 0 ? tn('share.downloaded', share.downloads) : null,
    share.last_viewed ? t('share.last', { day: dayOf(share.last_viewed) }) : null,
  ];
  const facts = [
    open && share.expires_at ? t('share.until', { day: day(new Date(share.expires_at)) }) : null,
    share.protected ? t('share.locked') : null,
    share.role === 'commenter' ? t('share.commented') : null,
  ].filter(Boolean);
  const done = (text: string) => ({ onSuccess: () => say(text), onError: (error: Error) => say(error.message) });
  const action = (title: string, run: () => void, busy: boolean): ReactNode => (
    <Button slim disabled={busy} aria-label={`${title}: ${name}`} onClick={run}>
      {title}
    </Button>
  );
  return (
    <li>
      <div>
        <strong className="row tight">
          {name} {!open && <Chip tone="warn">{t('share.ended')}</Chip>}
        </strong>
        <div className="small muted">{seen.filter(Boolean).join(' · ')}</div>
        {facts.length > 0 && <div className="small muted">{facts.join(' · ')}</div>}
      </div>
      <div className="row wrap tight" hidden={!may.edit}>
        {open
          ? action(t('share.refresh'), () => refresh.mutate(share.id, done(t('share.refreshed'))), refresh.isPending)
          : action(tn('share.prolong', PROLONG_DAYS), () => prolong.mutate({ id: share.id, days: PROLONG_DAYS }, done(t('share.prolonged'))), prolong.isPending)}
        {action(t('share.revoke'), () => revoke.mutate(share.id, done(t('share.revoked'))), revoke.isPending)}
      </div>
      {(revoke.isError || refresh.isError || prolong.isError) && <ProblemCard error={revoke.error ?? refresh.error ?? prolong.error} />}
    </li>
  );
}
