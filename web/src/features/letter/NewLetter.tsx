// A letter begins with a job; or one goes on with a letter that was written before.
import './letter.css';
import { useState } from 'react';
import { t } from '../../lib/i18n';
import { JobStart } from '../../ui/JobStart';
import { PasteJob } from '../../ui/PasteJob';
import { WishFields } from './WishFields';
import type { Wish } from './queries';
import { useLetters } from '../../api/queries';
import { useCreateLetter, useDeleteLetter } from './queries';

type NewLetterProps = { resumeId: string; onOpen: (letterId: string) => void };

export function NewLetter({ resumeId, onOpen }: NewLetterProps) {
  const [wish, setWish] = useState<Wish>({ tone: 'plain', length: 'medium', language: null, variant: 0, today: null });
  const create = useCreateLetter(resumeId);
  const remove = useDeleteLetter(resumeId);
  const list = useLetters(resumeId);
  return (
    <JobStart lead={t('letter.lead')} before={t('letter.before')} none={t('letter.none')} list={list} pathOf={({ id }) => `/resumes/${resumeId}/letters/${id}`} onDelete={remove.mutate}>
      <PasteJob
        resumeId={resumeId}
        action={t('letter.write')}
        busy={t('letter.writing')}
        isPending={create.isPending}
        error={create.error}
        onSubmit={(job) => create.mutate({ job, wish }, { onSuccess: (detail) => onOpen(detail.id) })}
      >
        <WishFields wish={wish} onChange={setWish} />
      </PasteJob>
    </JobStart>
  );
}
