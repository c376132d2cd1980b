// Which address shows which feature; features are joined here and nowhere else.
import { createBrowserRouter, useNavigate, useParams, useSearchParams } from 'react-router';
import { AuditView } from '../features/audit/AuditView';
import { ExportPanel } from '../features/export/ExportPanel';
import { CountsView } from '../features/counts/CountsView';
import { InterviewView } from '../features/interview/InterviewView';
import { NewInterview } from '../features/interview/NewInterview';
import { LetterView } from '../features/letter/LetterView';
import { NewLetter } from '../features/letter/NewLetter';
import { OpeningsView } from '../features/openings/OpeningsView';
import { ResumeView } from '../features/resume/ResumeView';
import { RolesView } from '../features/roles/RolesView';
import { NewTailoring } from '../features/tailor/NewTailoring';
import { TailoringView } from '../features/tailor/TailoringView';
import { StartView } from '../features/upload/StartView';
import { ProblemCard } from '../ui/basics';
import { ResumeLayout } from './ResumeLayout';
import { Shell } from './Shell';

const useId = (name: string) => useParams()[name] ?? '';

function Start() {
  const navigate = useNavigate();
  return <StartView onOpen={(id) => void navigate(`/resumes/${id}`)} />;
}

/** `?at=page:byte` opens the résumé at a place of the original. */
function Resume() {
  const id = useId('id');
  const [search] = useSearchParams();
  return <ResumeView key={id} resumeId={id} at={search.get('at')} />;
}

function Audit() {
  const id = useId('id');
  const navigate = useNavigate();
  return <AuditView resumeId={id} onPlace={({ page, start }) => void navigate(`/resumes/${id}?at=${page}:${start}`)} />;
}

const Roles = () => <RolesView resumeId={useId('id')} />;

function Export() {
  const id = useId('id');
  return <ExportPanel of="resumes" id={id} resumeId={id} />;
}


function Tailor() {
  const id = useId('id');
  const navigate = useNavigate();
  return <NewTailoring resumeId={id} onOpen={(tailoring) => void navigate(`/resumes/${id}/tailor/${tailoring}`)} />;
}

function Tailoring() {
  const [id, tailoring] = [useId('id'), useId('tailoring')];
  const navigate = useNavigate();
  return (
    <TailoringView
      key={tailoring}
      tailoringId={tailoring}
      onLeave={() => void navigate(`/resumes/${id}/tailor`)}
      renderExport={(revision) => <ExportPanel of="tailorings" id={tailoring} resumeId={id} revision={revision} />}
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
    <ProblemCard error={{ type: 'about:blank', code: 'not-found', title: 'There is no such page', status: 404, detail: 'The address is wrong or old.' }}>
      <a href="/">Go to your résumés</a>
    </ProblemCard>
  </main>
);

export const router = createBrowserRouter([
  {
    element: <Shell />,
    children: [
      { index: true, element: <Start /> },
      {
        path: 'resumes/:id',
        element: <ResumeLayout />,
        children: [
          { index: true, element: <Resume /> },
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
      { path: 'numbers', element: <CountsView /> },
      { path: '*', element: <NotFound /> },
    ],
  },
]);
