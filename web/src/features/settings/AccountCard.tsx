// The account: a guest makes one or signs in, somebody who has one signs out.
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { useAccount, useDoors } from '../../api/queries';
import { submitted } from '../../lib/forms';
import { t } from '../../lib/i18n';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { Input } from '../../ui/Input';
import { ChangeAddress, Forgotten, Unproved } from './Address';
import { DoorNotice, OtherDoors } from './OtherDoors';
import { useSignIn, useSignOut, useSignUp } from './queries';

export function AccountCard() {
  const account = useAccount();
  const signOut = useSignOut();
  const [door, setDoor] = useState<'up' | 'in'>('up');
  const mail = useDoors().data?.mail === true;
  return (
    <section className="card stack" aria-labelledby="settings-account">
      <h2 id="settings-account">{t('account.title')}</h2>
      {account.isPending && <Loading what={t('account.title')} />}
      {account.isError && <ProblemCard error={account.error} />}
      <DoorNotice />
      {account.data?.kind === 'account' && (
        <>
          <div className="setting">
            <span>
              <strong>{account.data.email}</strong>
              <span className="muted small">{t('account.signed-in')}</span>
            </span>
            <span className="row wrap">
              {mail && <ChangeAddress />}
              <Button disabled={signOut.isPending} onClick={() => signOut.mutate()}>
                {t('account.sign-out')}
              </Button>
            </span>
          </div>
          {mail && !account.data.email_verified && <Unproved />}
        </>
      )}
      {account.data?.kind === 'guest' && (
        <>
          <p className="muted small">{t('account.guest')}</p>
          {door === 'up' ? <SignUp /> : <SignIn />}
          <Button look="quiet" onClick={() => setDoor(door === 'up' ? 'in' : 'up')}>
            {door === 'up' ? t('account.to-sign-in') : t('account.to-sign-up')}
          </Button>
        </>
      )}
      {signOut.isError && <ProblemCard error={signOut.error} />}
    </section>
  );
}

function SignUp() {
  const doors = useDoors();
  const signUp = useSignUp();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const text = submitted(event);
    if (doors.data) signUp.mutate({ email: text('email').trim(), password: text('password'), consent: doors.data.terms });
  };
  const least = doors.data?.password_length ?? 10;
  const [agrees, setAgrees] = useState(false);
  return (
    <form className="stack" onSubmit={submit} aria-label={t('account.sign-up')}>
      <Input name="email" type="email" label={t('account.email')} autoComplete="email" />
      <Input name="password" type="password" label={t('account.password.new', { least })} autoComplete="new-password" minLength={least} />
      <label className="row small account-consent">
        <input type="checkbox" required checked={agrees} onChange={(event) => setAgrees(event.target.checked)} />
        <span>
          {t('account.consent')}{' '}
          <a href="/privacy" target="_blank" rel="noreferrer">
            {t('account.consent.what')}
          </a>
        </span>
      </label>
      <Button type="submit" look="primary" disabled={signUp.isPending || !doors.data}>
        {t('account.sign-up')}
      </Button>
      <OtherDoors consent={doors.data?.terms} waits={!agrees} />
      {doors.isError && <ProblemCard error={doors.error} />}
      {signUp.isError && <ProblemCard error={signUp.error} />}
    </form>
  );
}

function SignIn() {
  const signIn = useSignIn();
  const refused = signIn.isError ? problemOf(signIn.error).code : '';
  const [asksCode, setAsksCode] = useState(false);
  const mail = useDoors().data?.mail === true;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const text = submitted(event);
    signIn.mutate({ email: text('email').trim(), password: text('password'), code: text('code').trim() || null }, { onError: (error) => problemOf(error).code === 'second-factor' && setAsksCode(true) });
  };
  return (
    <div className="stack">
      <form className="stack" onSubmit={submit} aria-label={t('account.sign-in')}>
        <Input name="email" type="email" label={t('account.email')} autoComplete="username" />
        <Input name="password" type="password" label={t('account.password')} autoComplete="current-password" />
        {asksCode && <Input name="code" label={t('account.code')} autoComplete="one-time-code" />}
        <Button type="submit" look="primary" disabled={signIn.isPending}>
          {t('account.sign-in')}
        </Button>
        {signIn.isError && refused !== 'second-factor' && <ProblemCard error={signIn.error} />}
      </form>
      {mail && <Forgotten />}
      <OtherDoors passkeys />
    </div>
  );
}
