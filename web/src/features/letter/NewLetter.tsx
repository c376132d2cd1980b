// A letter begins with a job; or one goes on with a letter that was written before.
import './letter.css';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { t } from '../../lib/i18n';
import { sayWhen } from '../../lib/words';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { PasteJob } from '../../ui/PasteJob';
import { WishFields } from './WishFields';
import type { Wish } from './queries';
import { useCreateLetter, useDeleteLetter, useLetters } from './queries';

type NewLetterProps = { resumeId: string; onOpen: (letterId: string) => void };

export function NewLetter({ resumeId, onOpen }: NewLetterProps) {
  const [wish, setWish] = useState<Wish>({ tone: 'plain', length: 'medium', language: null, variant: 0, today: null });
  const create = useCreateLetter(resumeId);
  const remove = useDeleteLetter(resumeId);
  const list = useLetters(resumeId);
  return (
    <div className="career-new">
      <div className="stack">
        <p className="muted">{t('letter.lead')}</p>
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
      </div>
      <section className="stack">
        <h2>{t('letter.before')}</h2>
        {list.isPending && <Loading what={t('letter.before')} />}
        {list.isError && <ProblemCard error={list.error} />}
        {list.data?.length === 0 && <p className="muted">{t('letter.none')}</p>}
        <ul className="stack">
          {list.data?.map((letter) => (
            <li key={letter.id} className="row">
              <Link className="card career-link" to={`/resumes/${resumeId}/letters/${letter.id}`}>
                <strong>{letter.title ?? t('career.untitled')}</strong>
                <span className="muted small">{[letter.company, sayWhen(letter.created_at)].filter(Boolean).join(' · ')}</span>
              </Link>
              <Button look="quiet" slim aria-label={`${t('career.delete')}: ${letter.title ?? t('career.untitled')}`} onClick={() => remove.mutate(letter.id)}>
                <Trash2 size={16} aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
