// Something made by the server that is to be taken elsewhere: shown whole, copied with one click.
import { Copy } from 'lucide-react';
import { t } from '../lib/i18n';
import { Button } from './basics';
import { useToast } from './Toasts';

type CopyFieldProps = { label: string; value: string; /** What is said once it is copied. */ copied: string; look?: 'primary' | 'plain' };

export function CopyField({ label, value, copied, look = 'plain' }: CopyFieldProps) {
  const say = useToast();
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => say(copied),
      () => say(t('copy.failed')),
    );
  return (
    <div className="copy-field">
      <label>
        <span className="small muted">{label}</span>
        <input className="input" readOnly value={value} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <Button look={look} onClick={() => void copy()}>
        <Copy size={15} aria-hidden /> {t('copy')}
      </Button>
    </div>
  );
}
