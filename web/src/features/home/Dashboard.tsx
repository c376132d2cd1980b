// What a returning person sees: what to do next, what they can, what fits, and how their applications stand.
import './home.css';
import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { useApplications, useAudit, useMay, useTailorings } from '../../api/queries';
import { num, t } from '../../lib/i18n';
import { usePreference } from '../../lib/preferences';
import { sayName, sayWhen } from '../../lib/words';
import { Chip, Loading, ProblemCard, ScoreBar } from '../../ui/basics';
import { DueList } from '../../ui/DueList';
import { nextStep } from './next';
import { useTopRoles } from './queries';
import { Shared } from './Shared';
import { SkillProfile } from './SkillProfile';
import { Tour } from './Tour';

type DashboardProps = { resumes: Schemas['ResumeSummary'][] };
const RECENT = 4;

export function Dashboard({ resumes }: DashboardProps) {
  const ready = resumes.filter((resume) => resume.status === 'ready');
  const [chosen, setChosen] = useState<string | null>(null);
  const resume = ready.find(({ id }) => id === chosen) ?? ready[0];
  const may = useMay();
  if (!resume) return may.edit && <Tour resumeId={undefined} />;
  return (
    <div className="dashboard">
      {may.edit && <Tour resumeId={resume.id} />}
      {ready.length > 1 && (
        <label className="row small resume-choice">
          {t('home.of')}
          <select className="select" value={resume.id} onChange={(event) => setChosen(event.target.value)}>
            {ready.map(({ id, name, headline, file_name: file }) => (
              <option key={id} value={id}>
                {[name ?? file, headline].filter(Boolean).join(' · ')}
              </option>
            ))}
          </select>
        </label>
      )}
      {may.edit && <NextStep resume={resume} />}
      <DueList />
      <div className="dashboard-grid">
        <div className="dashboard-column">
          <SkillProfile resumeId={resume.id} />
          <Board />
        </div>
        <div className="dashboard-column">
          <TopRoles resumeId={resume.id} />
          <Recent resumeId={resume.id} />
          <Shared resumeId={resume.id} />
        </div>
      </div>
    </div>
  );
}

function NextStep({ resume }: { resume: Schemas['ResumeSummary'] }) {
  const [strict] = usePreference('strict');
  const audit = useAudit(resume.id, strict);
  const roles = useTopRoles(resume.id);
  const tailorings = useTailorings(resume.id);
  const applications = useApplications();
  const step = nextStep({ resume, audit: audit.data, role: roles.data?.[0]?.title, tailorings: tailorings.data, applications: applications.data });
  return (
    <section className="card next-step" aria-label={t('home.next')} aria-busy={step === null}>
      <p className="muted small">{t('home.next')}</p>
      {step ? (
        <Link to={step.address} className="row spread">
          <span>
            <strong>{step.title}</strong>
            <span className="muted">{step.why}</span>
          </span>
          <ArrowRight size={20} aria-hidden />
        </Link>
      ) : (
        <span className="skeleton next-wait" />
      )}
    </section>
  );
}

function TopRoles({ resumeId }: { resumeId: string }) {
  const roles = useTopRoles(resumeId);
  return (
    <section className="card stack" aria-labelledby="top-roles">
      <h2 id="top-roles">{t('home.roles')}</h2>
      {roles.isPending && <Loading what={t('home.roles.loading')} />}
      {roles.isError && <ProblemCard error={roles.error} />}
      <ol className="top-roles">
        {roles.data?.map((fit) => (
          <li key={fit.role}>
            <div className="row spread">
              <span>
                <strong>{fit.title}</strong> <span className="muted small">{sayName(fit.family)}</span>
              </span>
              <span className="tabular">{num(Math.round(fit.score.total))}</span>
            </div>
            <ScoreBar score={fit.score} label={t('roles.fit', { role: fit.title, n: Math.round(fit.score.total) })} />
          </li>
        ))}
      </ol>
      <Link to={`/resumes/${resumeId}/roles`}>{t('home.roles.all')}</Link>
    </section>
  );
}

function Recent({ resumeId }: { resumeId: string }) {
  const tailorings = useTailorings(resumeId);
  const may = useMay();
  return (
    <section className="card stack" aria-labelledby="recent">
      <h2 id="recent">{t('home.recent')}</h2>
      {tailorings.isPending && <Loading what={t('job.earlier')} />}
      {tailorings.isError && <ProblemCard error={tailorings.error} />}
      {tailorings.data?.length === 0 && <p className="muted">{t(may.edit ? 'home.recent.none' : 'home.recent.none-read')}</p>}
      <ul className="recent">
        {tailorings.data?.slice(0, RECENT).map((tailoring) => (
          <li key={tailoring.id}>
            <Link to={`/resumes/${resumeId}/tailor/${tailoring.id}`} className="row spread">
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
      {may.edit && <Link to={`/resumes/${resumeId}/tailor`}>{t('home.recent.start')}</Link>}
    </section>
  );
}

const SHOWN_STAGES = ['saved', 'applied', 'interview', 'offer'] as const;

function Board() {
  const applications = useApplications();
  return (
    <section className="card stack" aria-labelledby="board">
      <h2 id="board">{t('home.board')}</h2>
      {applications.isPending && <Loading what={t('board.loading')} />}
      {applications.isError && <ProblemCard error={applications.error} />}
      {applications.data && (
        <dl className="stages">
          {SHOWN_STAGES.map((stage) => (
            <div key={stage}>
              <dd className="tabular">{applications.data.filter((application) => application.stage === stage).length}</dd>
              <dt className="muted small">{t(`board.stage.${stage}`)}</dt>
            </div>
          ))}
        </dl>
      )}
      <Link to="/applications">{t('home.board.open')}</Link>
    </section>
  );
}
