// Paste a job; or go on with one that was tailored to before.
import './tailor.css';
import { ArrowRight } from 'lucide-react';
import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { sampleJob } from '../../lib/samples';
import { count, sayWhen } from '../../lib/words';
import { Button, Chip, Loading, ProblemCard } from '../../ui/basics';
import { useCreateTailoring, useTailorings } from './queries';

const LEAST_LETTERS = 40;

type NewTailoringProps = { resumeId: string; onOpen: (tailoringId: string) => void };

export function NewTailoring({ resumeId, onOpen }: NewTailoringProps) {
  const draftKey = `job-draft-${resumeId}`;
  const [job, setJob] = useState(() => sessionStorage.getItem(draftKey) ?? '');
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
      <form className="card stack" onSubmit={submit}>
        <label htmlFor={id}>
          <h2>Paste the job description</h2>
        </label>
        <textarea
          id={id}
          className="textarea job-text"
          rows={16}
          value={job}
          placeholder="The whole text of the posting: title, what you would do, what they ask for."
          aria-describedby={`${id}-hint`}
          onChange={(event) => keep(event.target.value)}
        />
        <div className="row spread wrap">
          <p className="muted small" id={`${id}-hint`}>
            {job.trim() === '' ? (
              <button type="button" className="link" onClick={() => keep(sampleJob)}>
                Try it with a sample job
              </button>
            ) : short ? (
              `A few words more: at least ${LEAST_LETTERS} letters.`
            ) : (
              'The text stays on this machine.'
            )}
          </p>
          <Button type="submit" look="primary" disabled={short || create.isPending}>
            {create.isPending ? 'Reading the job …' : 'Tailor my résumé'} <ArrowRight size={16} aria-hidden />
          </Button>
        </div>
        {create.isError && <ProblemCard error={create.error} />}
      </form>
      <section className="stack" aria-labelledby={`${id}-list`}>
        <h2 id={`${id}-list`}>Tailored before</h2>
        {list.isPending && <Loading what="earlier tailorings" />}
        {list.isError && <ProblemCard error={list.error} />}
        {list.data?.length === 0 && <p className="muted">Nothing yet. Each job you paste is kept here, and your résumé itself stays as it is.</p>}
        <ul className="stack">
          {list.data?.map((tailoring) => (
            <li key={tailoring.id}>
              <Link className="card tailored" to={`/resumes/${resumeId}/tailor/${tailoring.id}`}>
                <span>
                  <strong>{tailoring.title ?? 'A job without a title'}</strong>
                  <span className="muted small">{[tailoring.company, sayWhen(tailoring.created_at)].filter(Boolean).join(' · ')}</span>
                </span>
                <Chip tone="good">
                  <span className="hidden-visually">Match </span>
                  {Math.round(tailoring.before)} → {Math.round(tailoring.after)}
                  <span className="hidden-visually"> of 100</span>
                </Chip>
              </Link>
            </li>
          ))}
        </ul>
        {!!list.data?.length && <p className="muted small">{count(list.data.length, 'tailoring')} of this résumé</p>}
      </section>
    </div>
  );
}
