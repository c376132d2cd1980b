// What keeps others out of the account: the password and the second factor.
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { accountKey, useAccount, useDoors } from '../../api/queries';
import { submitted } from '../../lib/forms';
import { t, tn } from '../../lib/i18n';
import { sayWhen } from '../../lib/words';
import { Button, ProblemCard } from '../../ui/basics';
import { Dialog } from '../../ui/Dialog';
import { Input } from '../../ui/Input';
import { useToast } from '../../ui/Toasts';
import { Proof } from './DoorsCard';
import { useChangePassword, useDropSecondFactor } from './queries';
import { SetUpSecondFactor } from './SecondFactor';

type Open = 'password' | 'set-up' | 'drop' | null;

export function SecurityCard() {
  const account = useAccount();
  const [open, setOpen] = useState<Open>(null);
  if (account.data?.kind !== 'account') return null;
  const { second_factor: has, recovery_codes: codes, password_changed_at: changed, has_password: known } = account.data;
  const close = () => setOpen(null);
  return (
    <section className="card stack" aria-labelledby="settings-security">
      <h2 id="settings-security">{t('security.title')}</h2>
      <div className="setting">
        <span>
          <strong>{t('account.password')}</strong>
          <span className="muted small">{sayPassword(known, changed)}</span>
        </span>
        <Button onClick={() => setOpen('password')}>{known ? t('security.password.do') : t('security.password.set')}</Button>
      </div>
      <div className="setting">
        <span>
          <strong>{t('security.factor')}</strong>
          <span className="muted small">{has ? `${t('security.factor.on')} ${tn('security.codes', codes)}` : t('security.factor.off')}</span>
        </span>
        <span className="row wrap">
          <Button onClick={() => setOpen('set-up')}>{has ? t('security.factor.renew') : t('security.factor.set-up')}</Button>
          {has && <Button onClick={() => setOpen('drop')}>{t('security.factor.drop')}</Button>}
        </span>
      </div>
      {open === 'password' && <ChangePassword onClose={close} />}
      {open === 'set-up' && <SetUpSecondFactor onClose={close} />}
      {open === 'drop' && <DropSecondFactor onClose={close} />}
    </section>
  );
}

function sayPassword(known: boolean, changed: string | null | undefined): string {
  if (!known) return t('security.password.none');
  return changed ? t('security.password.changed', { when: sayWhen(changed) }) : t('security.password.why');
}

function ChangePassword({ onClose }: { onClose: () => void }) {
  const least = useDoors().data?.password_length ?? 10;
  const queries = useQueryClient();
  const change = useChangePassword();
  const known = useAccount().data?.has_password !== false;
  const say = useToast();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const text = submitted(event);
    change.mutate(
      { present: text('present'), new: text('new') },
      {
        onSuccess: () => {
          void queries.invalidateQueries({ queryKey: accountKey });
          say(t('security.password.done'));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={known ? t('security.password.do') : t('security.password.set')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        {known ? <Input name="present" type="password" label={t('security.password.present')} autoComplete="current-password" /> : <Proof />}
        <Input name="new" type="password" label={t('security.password.new', { least })} autoComplete="new-password" minLength={least} />
        <p className="muted small">{t('security.password.others')}</p>
        <Button type="submit" look="primary" disabled={change.isPending}>
          {known ? t('security.password.do') : t('security.password.set')}
        </Button>
        {change.isError && <ProblemCard error={change.error} />}
      </form>
    </Dialog>
  );
}

function DropSecondFactor({ onClose }: { onClose: () => void }) {
  const drop = useDropSecondFactor();
  const say = useToast();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    drop.mutate(submitted(event)('password'), {
      onSuccess: () => {
        say(t('security.factor.dropped'));
        onClose();
      },
    });
  };
  return (
    <Dialog title={t('security.factor.drop')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>{t('security.factor.drop.why')}</p>
        <Proof />
        <Button type="submit" look="primary" disabled={drop.isPending}>
          {t('security.factor.drop')}
        </Button>
        {drop.isError && <ProblemCard error={drop.error} />}
      </form>
    </Dialog>
  );
}
