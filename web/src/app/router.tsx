// Which address shows which feature; features are joined here and nowhere else.
import { MapPinOff } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Suspense, lazy } from 'react';
import { createBrowserRouter, useNavigate, useParams, useSearchParams } from 'react-router';
import { AuditView } from '../features/audit/AuditView';
import { SaveJob } from '../features/board/SaveJob';
import { CommentsPanel } from '../features/comments/CommentsPanel';
import { ExportPanel } from '../features/export/ExportPanel';
import { Dashboard } from '../features/home/Dashboard';
import { BuildView, isStep } from '../features/resume/BuildView';
import { NewResume } from '../features/resume/NewResume';
import { ResumeView } from '../features/resume/ResumeView';
import { RolesView } from '../features/roles/RolesView';
import { SharePanel } from '../features/share/SharePanel';
import { NewTailoring } from '../features/tailor/NewTailoring';
import { TailoringView } from '../features/tailor/TailoringView';
import { StartView } from '../features/upload/StartView';
import { isHereOnly, keepsResumes, useDevice } from '../api/device';
import { useMay } from '../api/queries';
import { BASE, TEAM } from '../lib/team';
import { Empty } from '../ui/Empty';
import { WhyNot } from '../ui/ReadOnly';
import { ResumeLayout } from './ResumeLayout';
import { Shell } from './Shell';
import { t } from '../lib/i18n';

const useId = (name: string) => useParams()[name] ?? '';

function Start() {
  const navigate = useNavigate();
  const { away } = useDevice();
  return <StartView onOpen={(id) => void navigate(`/resumes/${id}`)} renderDashboard={(resumes) => (away ? null : <Dashboard resumes={resumes.filter(({ id }) => !isHereOnly(id))} />)} />;
}

/** `?at=page:byte` opens the résumé at a place of the original. */
function Resume() {
  const id = useId('id');
  const [search] = useSearchParams();
  return <ResumeView key={id} resumeId={id} at={search.get('at')} renderComments={() => <CommentsPanel quiet={TEAM === undefined} resumeId={id} />} />;
}

function Audit() {
  const id = useId('id');
  const navigate = useNavigate();
  return <AuditView resumeId={id} onPlace={({ page, start }) => void navigate(`/resumes/${id}?at=${page}:${start}`)} />;
}

function Roles() {
  const id = useId('id');
  const navigate = useNavigate();
  return <RolesView resumeId={id} onTailor={(role) => void navigate(`/resumes/${id}/tailor?role=${encodeURIComponent(role)}`)} />;
}

function New() {
  const navigate = useNavigate();
  return <NewResume onMade={(id) => void navigate(`/resumes/${id}/build`)} />;
}

function Build() {
  const id = useId('id');
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const step = search.get('step');
  const may = useMay();
  if (!may.edit) return <p className="card"><WhyNot /></p>;
  return <BuildView resumeId={id} step={isStep(step) ? step : 'contact'} onStep={(next) => setSearch({ step: next })} onDone={() => void navigate(`/resumes/${id}/export`)} />;
}

// What the first visit does not show is loaded when it is opened.
const BoardView = lazy(() => import('../features/board/BoardView').then((its) => ({ default: its.BoardView })));
const CountsView = lazy(() => import('../features/counts/CountsView').then((its) => ({ default: its.CountsView })));
const InterviewView = lazy(() => import('../features/interview/InterviewView').then((its) => ({ default: its.InterviewView })));
const LetterView = lazy(() => import('../features/letter/LetterView').then((its) => ({ default: its.LetterView })));
const MailedView = lazy(() => import('../features/mailed/MailedView').then((its) => ({ default: its.MailedView })));
const NewInterview = lazy(() => import('../features/interview/NewInterview').then((its) => ({ default: its.NewInterview })));
const NewLetter = lazy(() => import('../features/letter/NewLetter').then((its) => ({ default: its.NewLetter })));
const OpeningsView = lazy(() => import('../features/openings/OpeningsView').then((its) => ({ default: its.OpeningsView })));
const AccountCard = lazy(() => import('../features/settings/AccountCard').then((its) => ({ default: its.AccountCard })));
const OperatorView = lazy(() => import('../features/operator/OperatorView').then((its) => ({ default: its.OperatorView })));
const SettingsView = lazy(() => import('../features/settings/SettingsView').then((its) => ({ default: its.SettingsView })));
const InvitationView = lazy(() => import('../features/teams/InvitationView'));
const TeamView = lazy(() => import('../features/teams/TeamView'));
const TeamsCard = lazy(() => import('../features/teams/TeamsCard'));
const TemplateEditor = lazy(() => import('../features/templates/TemplateEditor'));
const TemplatesView = lazy(() => import('../features/templates/TemplatesView').then((its) => ({ default: its.TemplatesView })));

function Template() {
  const name = useId('name');
  return <TemplateEditor key={name} name={name} />;
}

const ShareAndComments = (props: ComponentProps<typeof SharePanel>) => (
  <>
    <SharePanel {...props} />
    <CommentsPanel resumeId={props.resumeId} />
  </>
);

/** Loaded when the server is away. */
const PlainExport = lazy(() => import('../features/offline/PlainExport'));
const DeviceCard = lazy(() => import('../features/offline/DeviceCard'));

function Export() {
  const id = useId('id');
  const { away } = useDevice();
  if (isHereOnly(id) || (away && keepsResumes())) return <PlainExport resumeId={id} />;
  return <ExportPanel of="resumes" id={id} resumeId={id} renderMore={(look) => <ShareAndComments resumeId={id} {...look} />} />;
}


function Tailor() {
  const id = useId('id');
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return <NewTailoring resumeId={id} role={search.get('role')} onOpen={(tailoring) => void navigate(`/resumes/${id}/tailor/${tailoring}`)} />;
}

function Tailoring() {
  const [id, tailoring] = [useId('id'), useId('tailoring')];
  const navigate = useNavigate();
  return (
    <TailoringView
      key={tailoring}
      tailoringId={tailoring}
      onLeave={() => void navigate(`/resumes/${id}/tailor`)}
      onAnswer={(place) => void navigate(place ? `/resumes/${id}?at=${place.page}:${place.start}` : `/resumes/${id}/build?step=skills`)}
      renderJobActions={({ job }) => <SaveJob resumeId={id} tailoringId={tailoring} title={job.title?.text ?? ''} company={job.company?.text ?? ''} />}
      renderExport={(revision) => <ExportPanel of="tailorings" id={tailoring} resumeId={id} revision={revision} renderMore={(look) => <ShareAndComments resumeId={id} tailoringId={tailoring} {...look} />} />}
    />
  );
}

function Letters() {
  const id = useId('id');
  const navigate = useNavigate();
  return <NewLetter resumeId={id} onOpen={(letter) => void navigate(`/resumes/${id}/letters/${letter}`)} />;
}

const OneLetter = () => <LetterView letterId={useId('letter')} />;

function Interviews() {
  const id = useId('id');
  const navigate = useNavigate();
  return <NewInterview resumeId={id} onOpen={(interview) => void navigate(`/resumes/${id}/interviews/${interview}`)} />;
}

const Interview = () => <InterviewView interviewId={useId('interview')} />;

function Openings() {
  const id = useId('id');
  const navigate = useNavigate();
  const tailor = (job: string) => {
    sessionStorage.setItem(`job-draft-${id}`, job);
    void navigate(`/resumes/${id}/tailor`);
  };
  return <OpeningsView resumeId={id} onTailor={tailor} />;
}

const NotFound = () => (
  <main className="page">
    <Empty icon={<MapPinOff size={24} />} title={t('app.nothing-here')}>
      <p>{t('app.nothing-here.why')}</p>
      <a className="button" href={BASE}>
        {t('app.to-resumes')}
      </a>
    </Empty>
  </main>
);

export const router = createBrowserRouter([
  {
    element: <Shell />,
    children: [
      { index: true, element: <Start /> },
      { path: 'new', element: <New /> },
      { path: 'applications', element: <BoardView /> },
      { path: 'templates', element: <TemplatesView /> },
      { path: 'templates/:name', element: <Template /> },
      { path: 'settings', element: <SettingsView renderMore={() => <Suspense><DeviceCard /></Suspense>} renderTeams={() => <Suspense><TeamsCard /></Suspense>} /> },
      {
        path: 'resumes/:id',
        element: <ResumeLayout />,
        children: [
          { index: true, element: <Resume /> },
          { path: 'build', element: <Build /> },
          { path: 'check', element: <Audit /> },
          { path: 'roles', element: <Roles /> },
          { path: 'tailor', element: <Tailor /> },
          { path: 'tailor/:tailoring', element: <Tailoring /> },
          { path: 'letters', element: <Letters /> },
          { path: 'letters/:letter', element: <OneLetter /> },
          { path: 'interviews', element: <Interviews /> },
          { path: 'interviews/:interview', element: <Interview /> },
          { path: 'openings', element: <Openings /> },
          { path: 'export', element: <Export /> },
        ],
      },
      { path: 'mailed/:what', element: <MailedView /> },
      { path: 'invitation', element: <InvitationView renderAccount={() => <Suspense><AccountCard /></Suspense>} /> },
      ...(TEAM === undefined ? [] : [{ path: 'team', element: <TeamView /> }]),
      { path: 'numbers', element: <CountsView /> },
      { path: 'operator', element: <OperatorView /> },
      { path: '*', element: <NotFound /> },
    ],
  },
], { basename: BASE });
