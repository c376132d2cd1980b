// The e-mail address of the account: whether it is proved, and another one in its place.
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { submitted } from '../../lib/forms';
import { t } from '../../lib/i18n';
import { Button, ProblemCard } from '../../ui/basics';
import { Dialog } from '../../ui/Dialog';
import { Input } from '../../ui/Input';
import { useToast } from '../../ui/Toasts';
import { Proof } from './DoorsCard';
import { useAskVerification, useChangeAddress, useForgotten } from './doors';

/** Shown until the address is proved. */
export function Unproved() {
  const ask = useAskVerification();
  const say = useToast();
  return (
    <div className="notice warn" role="status">
      <p>{t('address.unproved')}</p>
      <Button slim disabled={ask.isPending} onClick={() => ask.mutate(undefined, { onSuccess: () => say(t('address.sent')) })}>
        {t('address.send')}
      </Button>
      {ask.isError && <ProblemCard error={ask.error} />}
    </div>
  );
}

export function ChangeAddress() {
  const [open, setOpen] = useState(false);
  const change = useChangeAddress();
  const say = useToast();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const text = submitted(event);
    change.mutate(
      { email: text('email').trim(), password: text('password') },
      {
        onSuccess: () => {
          say(t('address.sent'));
          setOpen(false);
        },
      },
    );
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('address.change')}</Button>
      {open && (
        <Dialog title={t('address.change')} onClose={() => setOpen(false)}>
          <form className="stack" onSubmit={submit}>
            <p>{t('address.change.why')}</p>
            <Input name="email" type="email" label={t('address.new')} autoComplete="email" />
            <Proof />
            <Button type="submit" look="primary" disabled={change.isPending}>
              {t('address.change')}
            </Button>
            {change.isError && <ProblemCard error={change.error} />}
          </form>
        </Dialog>
      )}
    </>
  );
}

/** Asks for a message with a link to set a new password. */
export function Forgotten() {
  const [open, setOpen] = useState(false);
  const ask = useForgotten();
  const submit = (event: SubmitEvent<HTMLFormElement>) => ask.mutate(submitted(event)('email').trim());
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        {t('door.forgotten')}
      </Button>
      {open && (
        <Dialog title={t('door.forgotten')} onClose={() => setOpen(false)}>
          {ask.isSuccess ? (
            <p role="status">{t('forgotten.done')}</p>
          ) : (
            <form className="stack" onSubmit={submit}>
              <p>{t('forgotten.why')}</p>
              <Input name="email" type="email" label={t('account.email')} autoComplete="username" />
              <Button type="submit" look="primary" disabled={ask.isPending}>
                {t('forgotten.do')}
              </Button>
              {ask.isError && <ProblemCard error={ask.error} />}
            </form>
          )}
        </Dialog>
      )}
    </>
  );
}
