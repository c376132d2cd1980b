import { useId, useState } from 'react';
import { useAddApplication } from '../../api/queries';
import { t } from '../../lib/i18n';
import { Button, ProblemCard } from '../../ui/basics';
import { Dialog } from '../../ui/Dialog';
import type { Application, Stage } from './queries';
import { SentList } from './SentList';
import { STAGES, useChangeApplication } from './queries';

type ApplicationFormProps = { application: Application | null; onClose: () => void };

/** A new application, or what is known of one. */
export function ApplicationForm({ application, onClose }: ApplicationFormProps) {
  const [texts, setTexts] = useState({
    title: application?.title ?? '',
    company: application?.company ?? '',
    link: application?.link ?? '',
    notes: application?.notes ?? '',
  });
  const [days, setDays] = useState({ remind_on: application?.remind_on ?? '', closes: application?.closes ?? '' });
  const [stage, setStage] = useState<Stage>(application?.stage ?? 'saved');
  const add = useAddApplication();
  const change = useChangeApplication();
  const id = useId();
  const empty = texts.title.trim() === '' && texts.company.trim() === '';
  return (
    <Dialog title={application ? t('board.edit', { job: application.title || application.company }) : t('board.add')} onClose={onClose}>
      <form
        className="stack form"
        onSubmit={(event) => {
          event.preventDefault();
          if (empty) return;
          const kept = { ...texts, stage, remind_on: days.remind_on || null, closes: days.closes || null };
          if (application) change.mutate({ ...application, ...kept }, { onSuccess: onClose });
          else add.mutate(kept, { onSuccess: onClose });
        }}
      >
        {([['title', 'board.job'], ['company', 'board.company'], ['link', 'board.link']] as const).map(([key, name]) => (
          <label key={key} htmlFor={`${id}-${key}`}>
            {t(name)}
            <input id={`${id}-${key}`} className="input" type={key === 'link' ? 'url' : 'text'} maxLength={1000} value={texts[key]} onChange={(event) => setTexts({ ...texts, [key]: event.target.value })} />
          </label>
        ))}
        <label htmlFor={`${id}-stage`}>
          {t('board.stage-field')}
          <select id={`${id}-stage`} className="select" value={stage} onChange={(event) => setStage(event.target.value as Stage)}>
            {STAGES.map((name) => (
              <option key={name} value={name}>
                {t(`board.stage.${name}`)}
              </option>
            ))}
          </select>
        </label>
        <div className="row wrap">
          {([['remind_on', 'board.remind'], ['closes', 'board.closes']] as const).map(([key, name]) => (
            <label key={key} htmlFor={`${id}-${key}`}>
              {t(name)}
              <input id={`${id}-${key}`} className="input" type="date" value={days[key]} onChange={(event) => setDays({ ...days, [key]: event.target.value })} />
            </label>
          ))}
        </div>
        <label htmlFor={`${id}-notes`}>
          {t('board.notes')}
          <textarea id={`${id}-notes`} className="textarea" rows={4} maxLength={4000} value={texts.notes} onChange={(event) => setTexts({ ...texts, notes: event.target.value })} />
        </label>
        {application?.sent && <SentList sent={application.sent} />}
        {(add.isError || change.isError) && <ProblemCard error={add.error ?? change.error} />}
        <div className="row dialog-actions">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={empty || add.isPending || change.isPending}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
