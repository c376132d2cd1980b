// A preparation begins with a job; or one goes on with an earlier one.
import './interview.css';
import { t } from '../../lib/i18n';
import { JobStart } from '../../ui/JobStart';
import { PasteJob } from '../../ui/PasteJob';
import { useCreateInterview, useDeleteInterview, useInterviews } from './queries';

type NewInterviewProps = { resumeId: string; onOpen: (interviewId: string) => void };

export function NewInterview({ resumeId, onOpen }: NewInterviewProps) {
  const create = useCreateInterview(resumeId);
  const remove = useDeleteInterview(resumeId);
  const list = useInterviews(resumeId);
  return (
    <JobStart
      lead={t('interview.lead')}
      before={t('interview.before')}
      none={t('interview.none')}
      list={list}
      pathOf={({ id }) => `/resumes/${resumeId}/interviews/${id}`}
      factOf={({ practised, questions }) => t('interview.count', { done: practised, all: questions })}
      onDelete={remove.mutate}
    >
      <PasteJob
        resumeId={resumeId}
        action={t('interview.prepare')}
        busy={t('interview.preparing')}
        isPending={create.isPending}
        error={create.error}
        onSubmit={(job) => create.mutate(job, { onSuccess: (detail) => onOpen(detail.id) })}
      />
    </JobStart>
  );
}
