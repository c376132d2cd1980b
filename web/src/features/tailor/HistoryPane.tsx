// What was taken before: each choice can be laid beside the present one, and taken again.
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../api/queries';
import { num, t } from '../../lib/i18n';
import { sayWhen } from '../../lib/words';
import { Button, Chip } from '../../ui/basics';
import { Choices } from './Choices';
import { isNow, readPast } from './history';
import type { TailoringDetail } from './queries';

type HistoryPaneProps = { detail: TailoringDetail; accepted: string[]; onRestore: (accepted: string[]) => void };

export function HistoryPane({ detail, accepted, onRestore }: HistoryPaneProps) {
  const past = readPast(detail.id);
  const may = useMay();
  const [open, setOpen] = useState<string | null>(null);
  const edits = detail.tailoring.suggestions.filter(({ edit }) => edit).length;
  if (past.length < 2) return <p className="card muted">{t('history.none')}</p>;
  return (
    <ol className="history">
      {past.map((one) => {
        const now = isNow(one, accepted);
        return (
          <li key={one.at} className="card stack">
            <div className="row spread wrap">
              <span>
                <strong>{t('tailor.choices', { n: one.accepted.length, all: edits })}</strong>{' '}
                <span className="muted small">{sayWhen(one.at)}</span>
              </span>
              <span className="row">
                <span className="tabular" aria-label={t('tailor.match-bar', { n: Math.round(one.total) })}>
                  {num(Math.round(one.total))}
                </span>
                {now ? (
                  <Chip tone="accent">{t('history.now')}</Chip>
                ) : (
                  <>
                    <Button slim aria-expanded={open === one.at} onClick={() => setOpen(open === one.at ? null : one.at)}>
                      {t('tailor.compare')}
                    </Button>
                    <Button slim hidden={!may.edit} onClick={() => onRestore(one.accepted)}>
                      <RotateCcw size={14} aria-hidden /> {t('history.restore')}
                    </Button>
                  </>
                )}
              </span>
            </div>
            {open === one.at && !now && (
              <Choices suggestions={detail.tailoring.suggestions} theirs={one.accepted} mine={accepted} titles={[t('history.then'), t('history.now')]} />
            )}
          </li>
        );
      })}
    </ol>
  );
}
