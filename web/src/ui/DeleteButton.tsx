// Deletes what cannot be brought back, so it is asked for twice. Not there for those who may change nothing.
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../api/queries';
import { t } from '../lib/i18n';
import { Button } from './basics';

type DeleteButtonProps = { /** "Delete resume.pdf": what is deleted is named. */ label: string; busy?: boolean; onDelete: () => void };

export function DeleteButton({ label, busy = false, onDelete }: DeleteButtonProps) {
  const [asked, setAsked] = useState(false);
  const may = useMay();
  if (!may.edit) return null;
  if (!asked) {
    return (
      <Button look="quiet" slim aria-label={label} title={label} onClick={() => setAsked(true)}>
        <Trash2 size={16} aria-hidden />
      </Button>
    );
  }
  return (
    <span className="row tight">
      <Button
        slim
        disabled={busy}
        // The person asked for this choice a moment ago: the focus belongs here.
        ref={(node: HTMLButtonElement | null) => node?.focus()}
        onClick={onDelete}
      >
        {t('delete.for-good')}
      </Button>
      <Button look="quiet" slim onClick={() => setAsked(false)}>
        {t('keep')}
      </Button>
    </span>
  );
}
