// Signing in another way than with a password: buttons of the providers and of passkeys, and what became of a sign-in
// that began somewhere else (`?door=…`).
import { KeyRound } from 'lucide-react';
import type { SubmitEvent } from 'react';
import { useSearchParams } from 'react-router';
import { useDoors } from '../../api/queries';
import { submitted } from '../../lib/forms';
import { t } from '../../lib/i18n';
import { Button, ProblemCard } from '../../ui/basics';
import { Input } from '../../ui/Input';
import { startOf, useFinishSignIn, usePasskeySignIn, useProviders } from './doors';
import { hasPasskeys } from './passkeys';

/** `consent`: the terms that were agreed to, should this make an account; `waits` where they first must be. */
export function OtherDoors({ consent, waits = false, passkeys = false }: { consent?: string; waits?: boolean; passkeys?: boolean }) {
  const doors = useDoors();
  const providers = useProviders().data ?? [];
  const signIn = usePasskeySignIn();
  const withPasskeys = passkeys && hasPasskeys(doors.data?.passkeys);
  if (!withPasskeys && providers.length === 0) return null;
  return (
    <div className="stack other-doors">
      <p className="muted small">{t('door.or')}</p>
      <div className="row wrap">
        {withPasskeys && (
          <Button disabled={signIn.isPending} onClick={() => signIn.mutate()}>
            <KeyRound size={15} aria-hidden /> {t('door.passkey')}
          </Button>
        )}
        {providers.map(({ id, name }) =>
          waits ? (
            <Button key={id} disabled title={t('door.consent-first')}>
              {t('door.with', { name })}
            </Button>
          ) : (
            <a key={id} className="button plain" href={startOf(id, consent)}>
              {t('door.with', { name })}
            </a>
          ),
        )}
      </div>
      {waits && providers.length > 0 && <p className="muted small">{t('door.consent-first')}</p>}
      {signIn.isError && <ProblemCard error={signIn.error} />}
    </div>
  );
}

const SAID = {
  linked: 'door.linked',
  consent: 'door.consent',
  'email-taken': 'door.email-taken',
  'identity-taken': 'door.identity-taken',
  'provider-refused': 'door.provider-refused',
  'provider-email': 'door.provider-email',
  'no-flow': 'door.no-flow',
} as const;

const isSaid = (door: string): door is keyof typeof SAID => door in SAID;

/** What became of it. */
export function DoorNotice() {
  const [search] = useSearchParams();
  const door = search.get('door');
  if (door === null) return null;
  if (door === 'second-factor') return <SecondStep />;
  return (
    <p className={door === 'linked' ? 'notice' : 'notice warn'} role="status">
      {t(isSaid(door) ? SAID[door] : 'door.failed')}
    </p>
  );
}

function SecondStep() {
  const finish = useFinishSignIn();
  const submit = (event: SubmitEvent<HTMLFormElement>) => finish.mutate(submitted(event)('code').trim());
  return (
    <form className="stack" onSubmit={submit} aria-label={t('door.code')}>
      <p>{t('door.code')}</p>
      <Input name="code" label={t('account.code')} autoComplete="one-time-code" />
      <Button type="submit" look="primary" disabled={finish.isPending}>
        {t('account.sign-in')}
      </Button>
      {finish.isError && <ProblemCard error={finish.error} />}
    </form>
  );
}
