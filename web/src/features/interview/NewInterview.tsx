// A preparation begins with a job; or one goes on with an earlier one.
import './interview.css';
import { Trash2 } from 'lucide-react';
import { Link } from 'react-router';
import { t } from '../../lib/i18n';
import { sayWhen } from '../../lib/words';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { PasteJob } from '../../ui/PasteJob';
import { useCreateInterview, useDeleteInterview, useInterviews } from './queries';

type NewInterviewProps = { resumeId: string; onOpen: (interviewId: string) => void };

export function NewInterview({ resumeId, onOpen }: NewInterviewProps) {
  const create = useCreateInterview(resumeId);
  const remove = useDeleteInterview(resumeId);
  const list = useInterviews(resumeId);
  return (
    <div className="interview-new">
      <div className="stack">
        <p className="muted">{t('interview.lead')}</p>
        <PasteJob
          resumeId={resumeId}
          action={t('interview.prepare')}
          busy={t('interview.preparing')}
          isPending={create.isPending}
          error={create.error}
          onSubmit={(job) => create.mutate(job, { onSuccess: (detail) => onOpen(detail.id) })}
        />
      </div>
      <section className="stack">
        <h2>{t('interview.before')}</h2>
        {list.isPending && <Loading what={t('interview.before')} />}
        {list.isError && <ProblemCard error={list.error} />}
        {list.data?.length === 0 && <p className="muted">{t('interview.none')}</p>}
        <ul className="stack">
          {list.data?.map((one) => (
            <li key={one.id} className="row">
              <Link className="card interview-link" to={`/resumes/${resumeId}/interviews/${one.id}`}>
                <strong>{one.title ?? t('career.untitled')}</strong>
                <span className="muted small">{[one.company, sayWhen(one.created_at), t('interview.count', { done: one.practised, all: one.questions })].filter(Boolean).join(' · ')}</span>
              </Link>
              <Button look="quiet" slim aria-label={`${t('career.delete')}: ${one.title ?? t('career.untitled')}`} onClick={() => remove.mutate(one.id)}>
                <Trash2 size={16} aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
