// Paste a job; or go on with one that was tailored to before.
import './tailor.css';
import { ArrowRight } from 'lucide-react';
import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { sampleJob } from '../../lib/samples';
import { sayWhen } from '../../lib/words';
import { Button, Chip, Loading, ProblemCard } from '../../ui/basics';
import { Locked } from '../../ui/ReadOnly';
import { useTailorings } from '../../api/queries';
import { useCreateTailoring, useRolePosting } from './queries';
import { t, tn } from '../../lib/i18n';

const LEAST_LETTERS = 40;

type NewTailoringProps = {
  resumeId: string;
  /** A role that is taken as the job. */
  role: string | null;
  onOpen: (tailoringId: string) => void;
};

export function NewTailoring({ resumeId, role, onOpen }: NewTailoringProps) {
  const draftKey = `job-draft-${resumeId}`;
  const posting = useRolePosting(role);
  const [typed, setJob] = useState(() => (role ? null : sessionStorage.getItem(draftKey)));
  // A role fills in the job until the person writes something of their own.
  const job = typed ?? posting.data?.job ?? '';
  const create = useCreateTailoring(resumeId);
  const list = useTailorings(resumeId);
  const id = useId();
  const short = job.trim().length < LEAST_LETTERS;

  const keep = (text: string) => {
    setJob(text);
    sessionStorage.setItem(draftKey, text);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (short) return;
    create.mutate(job, {
      onSuccess: (detail) => {
        sessionStorage.removeItem(draftKey);
        onOpen(detail.id);
      },
    });
  };

  return (
    <div className="new-tailoring">
      <Locked>
        <form className="card stack" onSubmit={submit}>
          <label htmlFor={id}>
            <h2>{t('job.paste')}</h2>
          </label>
          {posting.data && typed === null && (
            <p className="muted small" role="status">
              {t('job.role-filled', { role: posting.data.title })}
            </p>
          )}
          {posting.isError && <ProblemCard error={posting.error} />}
          <textarea
            id={id}
            className="textarea job-text"
            rows={16}
            value={job}
            placeholder={t('job.placeholder')}
            aria-describedby={`${id}-hint`}
            onChange={(event) => keep(event.target.value)}
          />
          <div className="row spread wrap">
            <p className="muted small" id={`${id}-hint`}>
              {job.trim() === '' ? (
                <button type="button" className="link" onClick={() => keep(sampleJob)}>
                  {t('job.sample')}
                </button>
              ) : short ? (
                t('job.short', { n: LEAST_LETTERS })
              ) : (
                t('job.private')
              )}
            </p>
            <Button type="submit" look="primary" disabled={short || create.isPending}>
              {create.isPending ? t('job.reading') : t('job.go')} <ArrowRight size={16} aria-hidden />
            </Button>
          </div>
          {create.isError && <ProblemCard error={create.error} />}
        </form>
      </Locked>
      <section className="stack" aria-labelledby={`${id}-list`}>
        <h2 id={`${id}-list`}>{t('job.before')}</h2>
        {list.isPending && <Loading what={t('job.earlier')} />}
        {list.isError && <ProblemCard error={list.error} />}
        {list.data?.length === 0 && <p className="muted">{t('job.none')}</p>}
        <ul className="stack">
          {list.data?.map((tailoring) => (
            <li key={tailoring.id}>
              <Link className="card tailored" to={`/resumes/${resumeId}/tailor/${tailoring.id}`}>
                <span>
                  <strong>{tailoring.title ?? t('job.untitled')}</strong>
                  <span className="muted small">{[tailoring.company, sayWhen(tailoring.created_at)].filter(Boolean).join(' · ')}</span>
                </span>
                <Chip tone="good">
                  <span className="hidden-visually">{t('job.match')} </span>
                  {Math.round(tailoring.before)} → {Math.round(tailoring.after)}
                  <span className="hidden-visually"> {t('job.of-100')}</span>
                </Chip>
              </Link>
            </li>
          ))}
        </ul>
        {!!list.data?.length && <p className="muted small">{tn('job.count', list.data.length)}</p>}
      </section>
    </div>
  );
}
