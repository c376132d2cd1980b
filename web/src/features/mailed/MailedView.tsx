// Where links of messages lead: proving an address, taking a new one, setting a new password. The secret stands behind
// the `#`, so it reaches no log; it leaves the address bar at once and is used only when the person says so, as programs
// that look at messages open links too.
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { api, unwrap } from '../../api/client';
import { useDoors } from '../../api/queries';
import { submitted } from '../../lib/forms';
import { t } from '../../lib/i18n';
import { useTitle } from '../../lib/useTitle';
import { Button, ProblemCard } from '../../ui/basics';
import { Input } from '../../ui/Input';

const WHATS = ['verify', 'address', 'reset'] as const;
type What = (typeof WHATS)[number];

/** Secrets that were taken out of the address bar, by path: the view may be made anew around them. */
const taken = new Map<string, string>();

function takeSecret(): string {
  const { pathname, hash } = window.location;
  if (hash.length > 1) {
    taken.set(pathname, hash.slice(1));
    window.history.replaceState(window.history.state, '', pathname);
  }
  return taken.get(pathname) ?? '';
}

function send(what: What, token: string, password: string) {
  if (what === 'reset') return unwrap(api.POST('/api/v1/auth/reset', { body: { token, password } }));
  return unwrap(what === 'verify' ? api.POST('/api/v1/auth/verify', { body: { token } }) : api.POST('/api/v1/auth/address', { body: { token } }));
}

export function MailedView() {
  const { what: named } = useParams();
  const what = WHATS.find((one) => one === named) ?? 'verify';
  const [token] = useState(takeSecret);
  const doors = useDoors(what === 'reset');
  const use = useMutation({ mutationFn: (password: string) => send(what, token, password) });
  const submit = (event: SubmitEvent<HTMLFormElement>) => use.mutate(submitted(event)('password'));
  const least = doors.data?.password_length ?? 10;
  useTitle(t(`mailed.${what}`));
  return (
    <main className="page">
      <h1>{t(`mailed.${what}`)}</h1>
      <section className="card stack">
        {use.isSuccess ? (
          <>
            <p role="status">{t(`mailed.${what}.done`)}</p>
            <p>
              <Link to="/settings">{t('mailed.on')}</Link>
            </p>
          </>
        ) : (
          <form className="stack" onSubmit={submit}>
            {what === 'reset' && <Input name="password" type="password" label={t('security.password.new', { least })} autoComplete="new-password" minLength={least} />}
            <Button type="submit" look="primary" disabled={use.isPending}>
              {t(`mailed.${what}.do`)}
            </Button>
            {use.isError && <ProblemCard error={use.error} />}
          </form>
        )}
      </section>
    </main>
  );
}
