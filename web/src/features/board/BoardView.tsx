// Where each application stands: a column for each stage, cards that are dragged or told where to go.
import './board.css';
import { Columns3, ExternalLink, FileText, Pencil, Plus, Trash2 } from 'lucide-react';
import type { DragEvent } from 'react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useApplications, useMay } from '../../api/queries';
import { t } from '../../lib/i18n';
import { useTitle } from '../../lib/useTitle';
import { sayDay, sayWhen } from '../../lib/words';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { DueList } from '../../ui/DueList';
import { Empty } from '../../ui/Empty';
import { WhyNot } from '../../ui/ReadOnly';
import { useToast } from '../../ui/Toasts';
import { ApplicationForm } from './ApplicationForm';
import type { Application, Stage } from './queries';
import { STAGES, useChangeApplication, useDeleteApplication } from './queries';

const nameOf = (application: Application) => application.title || application.company || t('board.untitled');
/** Only what a browser opens as a page; anything else stays text. */
const isAddress = (link: string) => /^https?:\/\//i.test(link);

export function BoardView() {
  useTitle(t('board.title'));
  const applications = useApplications();
  const may = useMay();
  const [form, setForm] = useState<Application | 'new' | null>(null);
  return (
    <main className="page wide">
      <div className="row spread wrap">
        <div className="page-head">
          <h1>{t('board.title')}</h1>
          <p className="muted">{t('board.lead')}</p>
        </div>
        {may.edit ? (
          <Button look="primary" onClick={() => setForm('new')}>
            <Plus size={16} aria-hidden /> {t('board.add')}
          </Button>
        ) : (
          <p className="muted small">
            <WhyNot />
          </p>
        )}
      </div>
      {applications.isPending && <Loading what={t('board.loading')} />}
      {applications.isError && (
        <ProblemCard error={applications.error}>
          <Button onClick={() => void applications.refetch()}>{t('again')}</Button>
        </ProblemCard>
      )}
      <DueList onOpen={may.edit ? (id) => setForm(applications.data?.find((one) => one.id === id) ?? null) : undefined} />
      {applications.data?.length === 0 && (
        <Empty icon={<Columns3 size={24} />} title={t('board.empty')}>
          <p>{t('board.empty.why')}</p>
        </Empty>
      )}
      {applications.data && applications.data.length > 0 && <Board applications={applications.data} onEdit={setForm} />}
      {form !== null && <ApplicationForm application={form === 'new' ? null : form} onClose={() => setForm(null)} />}
    </main>
  );
}

type BoardProps = { applications: Application[]; onEdit: (application: Application) => void };

function Board({ applications, onEdit }: BoardProps) {
  const change = useChangeApplication();
  const say = useToast();
  const [over, setOver] = useState<Stage | null>(null);
  const move = (application: Application, stage: Stage) => {
    if (application.stage === stage) return;
    const before = application.stage;
    const put = (to: Stage) => change.mutate({ ...application, stage: to }, { onError: (error) => say(error.message) });
    put(stage);
    say(t('board.moved', { job: nameOf(application), stage: t(`board.stage.${stage}`) }), { title: t('undo'), run: () => put(before) }, 'board');
  };
  const drop = (event: DragEvent, stage: Stage) => {
    event.preventDefault();
    setOver(null);
    const dragged = applications.find(({ id }) => id === event.dataTransfer.getData('text/x-application'));
    if (dragged) move(dragged, stage);
  };
  return (
    <div className="board">
      {STAGES.map((stage) => {
        const own = applications.filter((application) => application.stage === stage);
        return (
          // Dragging is one way; every card has a list of stages for the keyboard.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <section
            key={stage}
            className={`board-column ${over === stage ? 'over' : ''}`}
            aria-label={t(`board.stage.${stage}`)}
            onDragOver={(event) => {
              if (!event.dataTransfer.types.includes('text/x-application')) return;
              event.preventDefault();
              setOver(stage);
            }}
            onDragLeave={() => setOver(null)}
            onDrop={(event) => drop(event, stage)}
          >
            <h2>
              {t(`board.stage.${stage}`)} <span className="muted tabular">{own.length}</span>
            </h2>
            {own.length === 0 && <p className="muted small">{t('board.none')}</p>}
            <ul className="stack">
              {own.map((application) => (
                <Card key={application.id} application={application} onMove={(to) => move(application, to)} onEdit={() => onEdit(application)} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

type CardProps = { application: Application; onMove: (stage: Stage) => void; onEdit: () => void };

function Card({ application, onMove, onEdit }: CardProps) {
  const remove = useDeleteApplication();
  const say = useToast();
  const { id, stage, company, link, notes, resume_id: resume, tailoring_id: tailoring, stage_at: since, remind_on: remind, closes } = application;
  const days = [remind ? t('board.remind-on', { day: sayDay(remind) }) : null, closes && stage === 'saved' ? t('board.closes-on', { day: sayDay(closes) }) : null].filter(Boolean);
  const job = nameOf(application);
  const may = useMay();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li className="board-card" draggable={may.edit} onDragStart={(event) => event.dataTransfer.setData('text/x-application', id)}>
      <div>
        <strong>{job}</strong>
        <p className="muted small">{[application.title ? company : null, sayWhen(since)].filter(Boolean).join(' · ')}</p>
      </div>
      {days.length > 0 && <p className="small">{days.join(' · ')}</p>}
      {notes && <p className="small notes">{notes}</p>}
      <div className="row wrap small">
        {resume && (
          <Link to={tailoring ? `/resumes/${resume}/tailor/${tailoring}` : `/resumes/${resume}`} className="row tight">
            <FileText size={14} aria-hidden /> {t('board.resume')}
          </Link>
        )}
        {isAddress(link) && (
          <a href={link} target="_blank" rel="noreferrer" className="row tight">
            <ExternalLink size={14} aria-hidden /> {t('board.posting')}
          </a>
        )}
      </div>
      <div className="row spread">
        <select className="select small" aria-label={t('board.stage', { job })} value={stage} disabled={!may.edit} onChange={(event) => onMove(event.target.value as Stage)}>
          {STAGES.map((name) => (
            <option key={name} value={name}>
              {t(`board.stage.${name}`)}
            </option>
          ))}
        </select>
        <span className="row tight" hidden={!may.edit}>
          <Button look="quiet" slim aria-label={t('board.edit', { job })} onClick={onEdit}>
            <Pencil size={14} aria-hidden />
          </Button>
          <Button look="quiet" slim aria-label={t('board.delete', { job })} onClick={() => remove.mutate(id, { onSuccess: () => say(t('board.deleted', { job })), onError: (error) => say(error.message) })}>
            <Trash2 size={14} aria-hidden />
          </Button>
        </span>
      </div>
    </li>
  );
}
