// What opens the account besides the password: accounts elsewhere and passkeys, each added and taken away here.
import { Link2 } from 'lucide-react';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useAccount, useDoors } from '../../api/queries';
import { submitted } from '../../lib/forms';
import { t } from '../../lib/i18n';
import { sayWhen } from '../../lib/words';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { Dialog } from '../../ui/Dialog';
import { Input } from '../../ui/Input';
import { useToast } from '../../ui/Toasts';
import { useAddPasskey, useIdentities, useLink, usePasskeys, useProviders, useRemovePasskey, useUnlink } from './doors';
import { hasPasskeys } from './passkeys';

type Provider = Schemas['Provider'];

export function DoorsCard() {
  const providers = useProviders();
  const identities = useIdentities();
  const passkeys = usePasskeys();
  const site = useDoors().data?.passkeys;
  const [open, setOpen] = useState<Provider | 'passkey' | null>(null);
  const nameOf = (id: string) => providers.data?.find((provider) => provider.id === id)?.name ?? id;
  const linked = new Set(identities.data?.map(({ provider }) => provider));
  const close = () => setOpen(null);
  const error = identities.error ?? passkeys.error;
  return (
    <section className="card stack" aria-labelledby="settings-doors">
      <div>
        <h2 id="settings-doors">{t('doors.title')}</h2>
        <p className="muted small">{t('doors.why')}</p>
      </div>
      {(identities.isPending || passkeys.isPending) && <Loading what={t('doors.title')} />}
      {error && <ProblemCard error={error} />}
      <ul className="setting-list">
        {passkeys.data?.map((passkey) => (
          <PasskeyLine key={passkey.id} passkey={passkey} />
        ))}
        {identities.data?.map((identity) => (
          <IdentityLine key={identity.id} identity={identity} name={nameOf(identity.provider)} />
        ))}
        {hasPasskeys(site) && (
          <li className="setting">
            <span>
              <strong>{t('passkeys.title')}</strong>
              <span className="muted small">{t('passkeys.why')}</span>
            </span>
            <Button onClick={() => setOpen('passkey')}>{t('passkeys.add')}</Button>
          </li>
        )}
        {providers.data
          ?.filter(({ id }) => !linked.has(id))
          .map((provider) => (
            <li key={provider.id} className="setting">
              <strong>{provider.name}</strong>
              <Button onClick={() => setOpen(provider)}>
                <Link2 size={15} aria-hidden /> {t('doors.connect', { name: provider.name })}
              </Button>
            </li>
          ))}
      </ul>
      {open === 'passkey' && <AddPasskey onClose={close} />}
      {open !== null && open !== 'passkey' && <Connect provider={open} onClose={close} />}
    </section>
  );
}

function PasskeyLine({ passkey }: { passkey: Schemas['Passkey'] }) {
  const remove = useRemovePasskey();
  const say = useToast();
  const since = sayWhen(passkey.created_at);
  return (
    <li className="setting">
      <span>
        <strong>{passkey.name}</strong>
        <span className="muted small">{passkey.last_used_at ? t('passkeys.used', { since, last: sayWhen(passkey.last_used_at) }) : t('passkeys.unused', { since })}</span>
        {remove.isError && <ProblemCard error={remove.error} />}
      </span>
      <Button
        slim
        disabled={remove.isPending}
        aria-label={`${t('passkeys.remove')}: ${passkey.name}`}
        onClick={() => remove.mutate(passkey.id, { onSuccess: () => say(t('passkeys.removed', { name: passkey.name })) })}
      >
        {t('passkeys.remove')}
      </Button>
    </li>
  );
}

function IdentityLine({ identity, name }: { identity: Schemas['Identity']; name: string }) {
  const unlink = useUnlink();
  const say = useToast();
  return (
    <li className="setting">
      <span>
        <strong>
          {name}
          {identity.email && ` · ${identity.email}`}
        </strong>
        <span className="muted small">{t('doors.connected', { since: sayWhen(identity.created_at), last: sayWhen(identity.last_used_at) })}</span>
        {unlink.isError && <ProblemCard error={unlink.error} />}
      </span>
      <Button slim disabled={unlink.isPending} aria-label={`${t('doors.disconnect')}: ${name}`} onClick={() => unlink.mutate(identity.id, { onSuccess: () => say(t('doors.disconnected', { name })) })}>
        {t('doors.disconnect')}
      </Button>
    </li>
  );
}

/** The password, where the account has one, before a way in is added. */
export function Proof() {
  const has = useAccount().data?.has_password;
  if (has === false) return <p className="muted small">{t('doors.no-password')}</p>;
  return <Input name="password" type="password" label={t('account.password')} autoComplete="current-password" />;
}

function AddPasskey({ onClose }: { onClose: () => void }) {
  const add = useAddPasskey();
  const say = useToast();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const text = submitted(event);
    add.mutate(
      { name: text('name').trim(), password: text('password') },
      {
        onSuccess: () => {
          say(t('passkeys.added'));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={t('passkeys.add')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>{t('passkeys.why')}</p>
        <Input name="name" label={t('passkeys.name')} defaultValue={t('passkeys.usual')} maxLength={60} autoComplete="off" pattern=".*\S.*" />
        <Proof />
        <Button type="submit" look="primary" disabled={add.isPending}>
          {t('passkeys.add')}
        </Button>
        {add.isError && <ProblemCard error={add.error} />}
      </form>
    </Dialog>
  );
}

function Connect({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const link = useLink();
  const submit = (event: SubmitEvent<HTMLFormElement>) => link.mutate({ provider: provider.id, password: submitted(event)('password') });
  const title = t('doors.connect', { name: provider.name });
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <Proof />
        <Button type="submit" look="primary" disabled={link.isPending}>
          {title}
        </Button>
        {link.isError && <ProblemCard error={link.error} />}
      </form>
    </Dialog>
  );
}
