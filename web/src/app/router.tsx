// Which address shows which feature; features are joined here and nowhere else.
import { createBrowserRouter, useNavigate, useParams, useSearchParams } from 'react-router';
import { AuditView } from '../features/audit/AuditView';
import { ExportPanel } from '../features/export/ExportPanel';
import { ResumeView } from '../features/resume/ResumeView';
import { RolesView } from '../features/roles/RolesView';
import { NewTailoring } from '../features/tailor/NewTailoring';
import { TailoringView } from '../features/tailor/TailoringView';
import { StartView } from '../features/upload/StartView';
import { ProblemCard } from '../ui/basics';
import { ResumeLayout } from './ResumeLayout';
import { Shell } from './Shell';
import { t } from '../lib/i18n';

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

const NotFound = () => (
  <main className="page">
    <ProblemCard error={{ type: 'about:blank', code: 'not-found', title: t('app.nothing-here'), status: 404, detail: t('app.nothing-here.why') }}>
      <a href="/">{t('app.to-resumes')}</a>
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
          { path: 'export', element: <Export /> },
        ],
      },
      { path: '*', element: <NotFound /> },
    ],
  },
]);
