// A job description to begin something with; what was pasted for the same résumé before is still there.
import { ArrowRight } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useId, useState } from 'react';
import { t } from '../lib/i18n';
import { sampleJob } from '../lib/samples';
import { Button, ProblemCard } from './basics';

const LEAST_LETTERS = 40;

type PasteJobProps = { resumeId: string; action: string; busy: string; isPending: boolean; error: unknown; onSubmit: (job: string) => void; children?: ReactNode };

export function PasteJob({ resumeId, action, busy, isPending, error, onSubmit, children }: PasteJobProps) {
  // The same draft as for tailoring: one posting serves for all.
  const draftKey = `job-draft-${resumeId}`;
  const [job, setJob] = useState(() => sessionStorage.getItem(draftKey) ?? '');
  const id = useId();
  const short = job.trim().length < LEAST_LETTERS;
  const keep = (text: string) => {
    setJob(text);
    sessionStorage.setItem(draftKey, text);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!short) onSubmit(job);
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <label htmlFor={id}>
        <h2>{t('career.job')}</h2>
      </label>
      <textarea id={id} className="textarea" rows={14} value={job} placeholder={t('career.job.placeholder')} aria-describedby={`${id}-hint`} onChange={(event) => keep(event.target.value)} />
      {children}
      <div className="row spread wrap">
        <p className="muted small" id={`${id}-hint`}>
          {job.trim() === '' ? (
            <button type="button" className="link" onClick={() => keep(sampleJob)}>
              {t('career.job.sample')}
            </button>
          ) : short ? (
            t('career.job.short')
          ) : (
            t('career.job.private')
          )}
        </p>
        <Button type="submit" look="primary" disabled={short || isPending}>
          {isPending ? busy : action} <ArrowRight size={16} aria-hidden />
        </Button>
      </div>
      {error !== null && error !== undefined && <ProblemCard error={error} />}
    </form>
  );
}
