// Where everything begins: drop a résumé, or open one that is here already.
import './upload.css';
import { FileText, LockKeyhole, Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { isHereOnly } from '../../api/device';
import { takeHandedOver, useDropAnywhere } from '../../lib/dropped';
import { TOUR_STEPS, usePreference } from '../../lib/preferences';
import { sayStep } from '../../lib/progress';
import { fetchSampleResume } from '../../lib/samples';
import { useProgress } from '../../lib/useProgress';
import { useTitle } from '../../lib/useTitle';
import { sayWhen } from '../../lib/words';
import { Button, Chip, Loading, Meter, ProblemCard } from '../../ui/basics';
import { DeleteButton } from '../../ui/DeleteButton';
import { useToast } from '../../ui/Toasts';
import { Glimpse } from './Glimpse';
import { useMay, useResumes } from '../../api/queries';
import { useDeleteResume } from './queries';
import { UploadList } from './UploadList';
import { useUploads } from './useUploads';
import { t } from '../../lib/i18n';

const ACCEPT =
  '.pdf,.docx,.doc,.odt,.ott,.rtf,.html,.htm,.txt,.md,.markdown,.png,.jpg,.jpeg,.tif,.tiff,.webp,.json,.xml,.zip';

type StartViewProps = {
  onOpen: (resumeId: string) => void;
  /** What a person sees who has résumés here. */
  renderDashboard: (resumes: Schemas['ResumeSummary'][]) => ReactNode;
};

export function StartView({ onOpen, renderDashboard }: StartViewProps) {
  useTitle(null);
  const input = useRef<HTMLInputElement>(null);
  const uploads = useUploads();
  const resumes = useResumes();
  const under = uploads.files.filter(({ state }) => state === 'waiting' || state === 'sending');
  const sending = under.length > 0;

  const take = async (files: File[]) => {
    if (files.length === 0) return;
    const [first, ...more] = await uploads.send(files);
    if (files.length > 1 || more.length > 0 || !first) return;
    uploads.clear();
    onOpen(first);
  };
  const takeSample = () => fetchSampleResume().then((file) => take([file]), (error: unknown) => uploads.fail(t('start.the-sample'), error));
  const may = useMay();
  const takeIfAllowed = (files: File[]) => void (may.edit && take(files));
  const over = useDropAnywhere(takeIfAllowed);
  // What was dropped on another page is sent from here.
  const latest = useRef(takeIfAllowed);
  useEffect(() => {
    latest.current = takeIfAllowed;
  });
  useEffect(() => latest.current(takeHandedOver()), []);
  const [tour] = usePreference('tour');
  const isNew = resumes.data?.length === 0;
  const only = uploads.files.length === 1 ? uploads.files[0] : undefined;

  return (
    <main className={`page start ${isNew ? 'welcome' : 'known'}`}>
      <div className="hero" hidden={!may.edit}>
        <div className="stack">
          <h1>
            {t('start.title')} <em>{t('start.promise')}</em>
          </h1>
          <p className="lead">{t('start.lead')}</p>
          <div className={`drop ${over ? 'over' : ''}`}>
            <button type="button" className="drop-button" onClick={() => input.current?.click()} disabled={sending}>
              <Upload size={24} strokeWidth={1.7} aria-hidden />
              <strong>{under.length > 1 ? t('start.sending-many', { n: under.length }) : under[0] ? t('start.sending', { name: under[0].name }) : over ? t('start.let-go') : t('start.drop')}</strong>
              <span className="muted small">{t('start.formats')}</span>
            </button>
            <input
              ref={input}
              type="file"
              multiple
              accept={ACCEPT}
              className="hidden-visually"
              tabIndex={-1}
              aria-label={t('start.files')}
              onChange={(event) => {
                void take([...(event.target.files ?? [])]).then(() => {
                  if (input.current) input.current.value = '';
                });
              }}
            />
          </div>
          {only?.state === 'failed' && (
            <ProblemCard error={only.error}>
              <span className="muted small">{only.name}</span>
            </ProblemCard>
          )}
          <div className="row spread wrap small privacy">
            <span className="row muted">
              <LockKeyhole size={15} aria-hidden />
              {t('start.private')}
            </span>
            <span className="row wrap">
              {isNew && (
                <Button slim onClick={() => void takeSample()} disabled={sending}>
                  {t('start.sample')}
                </Button>
              )}
              <Link to="/new">{t('start.fill-in')}</Link>
            </span>
          </div>
        </div>
        {isNew && <Glimpse />}
      </div>
      {uploads.files.length > 1 && <UploadList files={uploads.files} onClose={uploads.clear} />}
      {!may.edit && isNew && <p className="card muted">{t('start.empty-team')}</p>}
      {isNew && may.edit && tour > TOUR_STEPS && <Steps />}
      {resumes.data && renderDashboard(resumes.data)}
      <ResumeList />
    </main>
  );
}

const STEPS = ['read', 'fit', 'tailor'] as const;

function Steps() {
  return (
    <ol className="steps" aria-label={t('start.how')}>
      {STEPS.map((step) => (
        <li key={step}>
          <h2>{t(`start.${step}`)}</h2>
          <p className="muted">{t(`start.${step}.why`)}</p>
        </li>
      ))}
    </ol>
  );
}

function ResumeList() {
  const resumes = useResumes();
  if (resumes.isPending) return <Loading what={t('start.resumes')} />;
  if (resumes.isError) {
    return (
      <ProblemCard error={resumes.error}>
        <Button onClick={() => void resumes.refetch()}>{t('again')}</Button>
      </ProblemCard>
    );
  }
  if (resumes.data.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="your-resumes">
      <h2 id="your-resumes">{t('app.resumes')}</h2>
      <ul className="resume-list">
        {resumes.data.map((resume) => (
          <ResumeRow key={resume.id} resume={resume} />
        ))}
      </ul>
    </section>
  );
}

function ResumeRow({ resume }: { resume: Schemas['ResumeSummary'] }) {
  const progress = useProgress(resume.id);
  const remove = useDeleteResume();
  const say = useToast();
  const reading = resume.status === 'reading';
  return (
    <li className="resume-row">
      <FileText size={20} strokeWidth={1.6} aria-hidden className="muted" />
      <Link to={`/resumes/${resume.id}`} className="resume-link">
        <strong>{resume.name ?? resume.file_name}</strong>
        <span className="muted small">
          {[resume.headline, resume.name ? resume.file_name : null, sayWhen(resume.created_at)].filter(Boolean).join(' · ')}
        </span>
        {reading && <Meter value={progress?.share ?? 0} label={t('start.reading', { name: resume.file_name })} />}
      </Link>
      {isHereOnly(resume.id) && <Chip tone="warn">{t('offline.here')}</Chip>}
      {reading && <Chip>{sayStep(progress?.step ?? 'stored', progress?.detail)}</Chip>}
      {resume.status === 'failed' && <Chip tone="bad">{t('start.unreadable')}</Chip>}
      <DeleteButton
        label={t('start.delete', { name: resume.file_name })}
        busy={remove.isPending}
        onDelete={() =>
          remove.mutate(resume.id, {
            onSuccess: () => say(t('start.deleted', { name: resume.file_name })),
            onError: (error) => say(error.message),
          })
        }
      />
    </li>
  );
}
