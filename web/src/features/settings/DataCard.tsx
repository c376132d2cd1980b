// What belongs to the person: all of it to take away, or to delete.
import { Download, Trash2 } from 'lucide-react';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { useAccount } from '../../api/queries';
import { submitted } from '../../lib/forms';
import { t } from '../../lib/i18n';
import { Button, ProblemCard } from '../../ui/basics';
import { Dialog } from '../../ui/Dialog';
import { Proof } from './DoorsCard';
import { useDeleteAll } from './queries';

export function DataCard() {
  const [asking, setAsking] = useState(false);
  return (
    <section className="card stack" aria-labelledby="settings-data">
      <h2 id="settings-data">{t('data.title')}</h2>
      <div className="setting">
        <span>
          <strong>{t('data.take')}</strong>
          <span className="muted small">{t('data.take.why')}</span>
        </span>
        <a className="button" href="/api/v1/account/export" download="bespoke.zip">
          <Download size={15} aria-hidden /> {t('data.take.do')}
        </a>
      </div>
      <div className="setting">
        <span>
          <strong>{t('data.delete')}</strong>
          <span className="muted small">{t('data.delete.why')}</span>
        </span>
        <Button onClick={() => setAsking(true)}>
          <Trash2 size={15} aria-hidden /> {t('data.delete.do')}
        </Button>
      </div>
      {asking && <Sure onClose={() => setAsking(false)} />}
    </section>
  );
}

/** It cannot be taken back, so it is asked for twice; somebody with an account says the password. */
function Sure({ onClose }: { onClose: () => void }) {
  const account = useAccount();
  const deleteAll = useDeleteAll();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    deleteAll.mutate({ password: submitted(event)('password') || null });
  };
  return (
    <Dialog title={t('data.sure')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>{t('data.sure.why')}</p>
        {account.data?.kind === 'account' && <Proof />}
        <Button type="submit" look="primary" disabled={deleteAll.isPending}>
          {t('data.sure.do')}
        </Button>
        {deleteAll.isError && <ProblemCard error={deleteAll.error} />}
      </form>
    </Dialog>
  );
}
