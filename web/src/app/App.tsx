import { MutationCache, QueryCache, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router';
import { ApiProblem, api, problemOf, unwrap } from '../api/client';
import { keepsResumes, useDevice, watchDevice } from '../api/device';
import { noteWorkspace } from '../api/device/workspace';
import { teamKey, useAccount, useTeam } from '../api/queries';
import { keepSignedIn } from '../api/session';
import { Button, Loading, ProblemCard } from '../ui/basics';
import { Toasts } from '../ui/Toasts';
import { TEAM } from '../lib/team';
import { Live } from './live';
import { router } from './router';
import { ShutOut } from './ShutOut';
import { t, useLanguage } from '../lib/i18n';

/** A refusal in a team may say that the person's role there is another one by now, or none. */
const askForRole = (error: unknown) => {
  const { code, status } = problemOf(error);
  if (TEAM !== undefined && (code === 'not-allowed' || status === 404)) void queries.invalidateQueries({ queryKey: teamKey });
};
const queries = new QueryClient({
  queryCache: new QueryCache({ onError: (error, { queryKey }) => queryKey[0] !== teamKey[0] && askForRole(error) }),
  mutationCache: new MutationCache({ onError: askForRole }),
});

/** Where this device may answer in the server's place, it is asked whether or not the browser has a network. */
function setMode() {
  const networkMode = keepsResumes() ? 'always' : 'online';
  queries.setDefaultOptions({
    queries: {
      staleTime: 10_000,
      networkMode,
      // A refusal stays a refusal; only a server that is away is asked again.
      retry: (failures, error) => failures < 2 && !(error instanceof ApiProblem && error.problem.status >= 400 && error.problem.status < 500),
    },
    mutations: { networkMode },
  });
}
setMode();
watchDevice(setMode);

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
  const team = useTeam(workspace.isSuccess);
  const signedIn = account.data?.kind === 'account';
  useEffect(() => (signedIn ? keepSignedIn() : undefined), [signedIn]);
  // Without the server the page opens on what this device keeps, and stays open when the server is back.
  const { away } = useDevice();
  const [alone, setAlone] = useState(false);
  if (!alone && away && !workspace.isSuccess && keepsResumes()) setAlone(true);
  if (alone) return children;
  if (team.isError && problemOf(team.error).status !== 0) return <ShutOut error={team.error} />;
  if (workspace.isPending || (TEAM !== undefined && team.isPending)) {
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
