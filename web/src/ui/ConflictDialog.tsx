// Two versions were made at once: shows both, and asks which one stays.
import type { ReactNode } from 'react';
import { t } from '../lib/i18n';
import { Button } from './basics';
import { Dialog } from './Dialog';

type ConflictDialogProps = { onMine: () => void; onTheirs: () => void; children: ReactNode };

export function ConflictDialog({ onMine, onTheirs, children }: ConflictDialogProps) {
  return (
    <Dialog title={t('conflict.title')} className="wide">
      <p className="muted">{t('conflict.why')}</p>
      <div className="conflict-versions">{children}</div>
      <div className="row wrap dialog-actions">
        <Button onClick={onTheirs}>{t('conflict.take-theirs')}</Button>
        <Button look="primary" onClick={onMine}>
          {t('conflict.keep-mine')}
        </Button>
      </div>
    </Dialog>
  );
}
