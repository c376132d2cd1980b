// The browsers that are signed in, each of which can be signed out from here.
import { t } from '../../lib/i18n';
import { sayWhen } from '../../lib/words';
import { Button, Chip, Loading, ProblemCard } from '../../ui/basics';
import { useToast } from '../../ui/Toasts';
import { useEndOtherSessions, useEndSession, useSessions } from './queries';

export function SessionsCard() {
  const sessions = useSessions();
  const end = useEndSession();
  const endOthers = useEndOtherSessions();
  const say = useToast();
  return (
    <section className="card stack" aria-labelledby="settings-sessions">
      <div>
        <h2 id="settings-sessions">{t('sessions.title')}</h2>
        <p className="muted small">{t('sessions.why')}</p>
      </div>
      {sessions.isPending && <Loading what={t('sessions.title')} />}
      {sessions.isError && <ProblemCard error={sessions.error} />}
      <ul className="setting-list">
        {sessions.data?.map((session) => (
          <li key={session.id} className="setting">
            <span>
              <strong className="row tight">
                {session.device} {session.present && <Chip tone="good">{t('sessions.this')}</Chip>}
              </strong>
              <span className="muted small">{t('sessions.seen', { since: sayWhen(session.created_at), last: sayWhen(session.last_seen_at) })}</span>
            </span>
            {!session.present && (
              <Button
                slim
                disabled={end.isPending}
                aria-label={`${t('account.sign-out')}: ${session.device}`}
                onClick={() => end.mutate(session.id, { onSuccess: () => say(t('sessions.ended', { device: session.device })) })}
              >
                {t('account.sign-out')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(sessions.data?.length ?? 0) > 1 && (
        <Button disabled={endOthers.isPending} onClick={() => endOthers.mutate(undefined, { onSuccess: () => say(t('sessions.all-ended')) })}>
          {t('sessions.end-others')}
        </Button>
      )}
      {(end.isError || endOthers.isError) && <ProblemCard error={end.error ?? endOthers.error} />}
    </section>
  );
}
