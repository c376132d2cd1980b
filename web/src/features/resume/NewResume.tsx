// The first step of a résumé without a file: a name, and it begins.
import './build.css';
import { ArrowRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { t } from '../../lib/i18n';
import { useTitle } from '../../lib/useTitle';
import { Button, ProblemCard } from '../../ui/basics';

/** A résumé begins as a JSON Resume that holds only what is known, so that it is read like every other. */
function fileOf(name: string, headline: string): File {
  const basics = headline ? { name, label: headline } : { name };
  const stem = name.normalize('NFKD').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').toLowerCase() || 'resume';
  return new File([JSON.stringify({ basics })], `${stem}.json`, { type: 'application/json' });
}

export function NewResume({ onMade }: { onMade: (resumeId: string) => void }) {
  useTitle(t('build.new'));
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [headline, setHeadline] = useState('');
  const id = useId();
  const make = useMutation({
    mutationFn: async () => {
      const form = new FormData();
      const file = fileOf(name.trim(), headline.trim());
      form.append('file', file, file.name);
      return unwrap(api.POST('/api/v1/resumes', { body: { file: file.name }, bodySerializer: () => form }));
    },
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['resumes'] });
      onMade(made.id);
    },
  });
  return (
    <main className="page">
      <form
        className="card stack new-resume"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) make.mutate();
        }}
      >
        <div>
          <h1>{t('build.new')}</h1>
          <p className="muted">{t('build.new.why')}</p>
        </div>
        <label htmlFor={`${id}-name`}>
          {t('field.name')}
          <input id={`${id}-name`} className="input" autoComplete="name" value={name} required onChange={(event) => setName(event.target.value)} />
        </label>
        <label htmlFor={`${id}-headline`}>
          {t('field.headline')}
          <input id={`${id}-headline`} className="input" value={headline} placeholder={t('build.headline.example')} onChange={(event) => setHeadline(event.target.value)} />
        </label>
        {make.isError && <ProblemCard error={make.error} />}
        <Button type="submit" look="primary" disabled={name.trim() === '' || make.isPending}>
          {t('build.begin')} <ArrowRight size={16} aria-hidden />
        </Button>
      </form>
    </main>
  );
}
