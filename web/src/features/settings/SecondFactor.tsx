// A second factor in three steps: the password, a code to scan and its answer, and the codes that help when the phone is lost.
import type { SubmitEvent } from 'react';
import { submitted } from '../../lib/forms';
import { t } from '../../lib/i18n';
import { Button, ProblemCard } from '../../ui/basics';
import { CopyField } from '../../ui/CopyField';
import { Dialog } from '../../ui/Dialog';
import { Input } from '../../ui/Input';
import { QrCode } from './QrCode';
import { Proof } from './DoorsCard';
import { useConfirmSecondFactor, useNewSecondFactor } from './queries';

export function SetUpSecondFactor({ onClose }: { onClose: () => void }) {
  const make = useNewSecondFactor();
  const confirm = useConfirmSecondFactor();
  const askMade = (event: SubmitEvent<HTMLFormElement>) => make.mutate(submitted(event)('password'));
  const askConfirmed = (event: SubmitEvent<HTMLFormElement>) => confirm.mutate(submitted(event)('code').replaceAll(/\s/g, ''));
  if (confirm.data) {
    // They are shown once, so they are not closed by a slip.
    return (
      <Dialog title={t('security.recovery')}>
        <RecoveryCodes codes={confirm.data.recovery_codes} onClose={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t('security.factor.set-up')} onClose={onClose}>
      {make.data ? (
        <form className="stack" onSubmit={askConfirmed}>
          <p>{t('security.factor.scan')}</p>
          <QrCode text={make.data.uri} label={t('security.factor.qr')} />
          <CopyField label={t('security.factor.secret')} value={make.data.secret} copied={t('security.factor.secret.copied')} />
          <Input name="code" label={t('security.factor.code')} autoComplete="one-time-code" inputMode="numeric" pattern="\s*(\d\s*){6}" />
          <Button type="submit" look="primary" disabled={confirm.isPending}>
            {t('security.factor.confirm')}
          </Button>
          {confirm.isError && <ProblemCard error={confirm.error} />}
        </form>
      ) : (
        <form className="stack" onSubmit={askMade}>
          <p>{t('security.factor.why')}</p>
          <Proof />
          <Button type="submit" look="primary" disabled={make.isPending}>
            {t('security.factor.next')}
          </Button>
          {make.isError && <ProblemCard error={make.error} />}
        </form>
      )}
    </Dialog>
  );
}

function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join('\n')}\n`)}`;
  return (
    <>
      <p>{t('security.recovery.why')}</p>
      <ul className="recovery-codes" aria-label={t('security.recovery')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="row wrap">
        <a className="button" href={file} download="bespoke-recovery-codes.txt">
          {t('security.recovery.save')}
        </a>
        <Button look="primary" onClick={onClose}>
          {t('security.recovery.done')}
        </Button>
      </div>
    </>
  );
}
