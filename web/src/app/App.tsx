import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router';
import { ApiProblem, api, unwrap } from '../api/client';
import { keepsResumes, useDevice } from '../api/device';
import { noteWorkspace } from '../api/device/workspace';
import { useAccount } from '../api/queries';
import { keepSignedIn } from '../api/session';
import { Button, Loading, ProblemCard } from '../ui/basics';
import { Toasts } from '../ui/Toasts';
import { Live } from './live';
import { router } from './router';
import { t, useLanguage } from '../lib/i18n';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // Whether the server answers is found out by asking it: this device may answer in its place.
      networkMode: 'always',
      // A refusal stays a refusal; only a server that is away is asked again.
      retry: (failures, error) => failures < 2 && !(error instanceof ApiProblem && error.problem.status >= 400 && error.problem.status < 500),
    },
    mutations: { networkMode: 'always' },
  },
});

/** Makes the guest workspace, without a word, before anything is asked of it. */
function Workspace({ children }: { children: ReactNode }) {
  const workspace = useQuery({
    queryKey: ['workspace'],
    queryFn: async () => {
      const made = await unwrap(api.POST('/api/v1/workspaces'));
      noteWorkspace(made.id);
      return made;
    },
    staleTime: Infinity,
  });
  const account = useAccount(workspace.isSuccess);
  const signedIn = account.data?.kind === 'account';
  useEffect(() => (signedIn ? keepSignedIn() : undefined), [signedIn]);
  // Without the server the page opens on what this device keeps, and stays open when the server is back.
  const { away } = useDevice();
  const [alone, setAlone] = useState(false);
  if (!alone && away && !workspace.isSuccess && keepsResumes()) setAlone(true);
  if (alone) return children;
  if (workspace.isPending) {
    return (
      <main className="page">
        <Loading what={t('app.workspace')} />
      </main>
    );
  }
  if (workspace.isError) {
    return (
      <main className="page">
        <ProblemCard error={workspace.error}>
          <Button onClick={() => void workspace.refetch()}>{t('again')}</Button>
        </ProblemCard>
      </main>
    );
  }
  return children;
}

export function App() {
  const language = useLanguage();
  return (
    <QueryClientProvider client={queries}>
      <Toasts>
        <Workspace>
          <Live>
            {/* A new language draws everything anew; what is loaded stays in the queries. */}
            <RouterProvider key={language} router={router} />
          </Live>
        </Workspace>
      </Toasts>
    </QueryClientProvider>
  );
}
