// What survives in a file that was just made: the server reads each back and counts.
import { Check } from 'lucide-react';
import { usePastExports } from './queries';
import { t, tn } from '../../lib/i18n';

const MOST_SHOWN = 12;

type ReceiptProps = { resumeId: string; exportId: string };

export function Receipt({ resumeId, exportId }: ReceiptProps) {
  const made = usePastExports(resumeId, exportId).data?.find((past) => past.id === exportId);
  if (!made) return null;
  const { facts, read, lost } = made.certificate;
  const unread = lost.filter((fact) => fact.found !== fact.value).slice(0, MOST_SHOWN);
  return (
    <div className="receipt small">
      <p>
        {read === facts && <Check size={14} aria-hidden />} <strong>{made.format.toUpperCase()}:</strong> {tn('export.read-back', facts, { read })}
      </p>
      {read < facts && unread.length > 0 && (
        <details>
          <summary>{t('export.lost')}</summary>
          <ul>
            {unread.map((fact) => (
              <li key={fact.path}>{fact.value}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
