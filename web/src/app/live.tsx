// Holds the progress of every résumé that is being read, and refreshes what the page knows when one is done.
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useReducer } from 'react';
import { listen } from '../api/live';
import { resumesKey, teamKey } from '../api/queries';
import { reduceProgress } from '../lib/progress';
import { ProgressContext } from '../lib/useProgress';

export function Live({ children }: { children: ReactNode }) {
  const [progress, dispatch] = useReducer(reduceProgress, {});
  const queries = useQueryClient();
  useEffect(
    () =>
      listen({
        onEvent: (event) => {
          dispatch(event);
          // From "fitting" on the server keeps what was read; only the roles are still being worked out.
          if (event.step === 'fitting' || event.step === 'ready' || event.step === 'failed') {
            void queries.invalidateQueries({ queryKey: resumesKey });
            void queries.invalidateQueries({ queryKey: ['resume', event.resume_id] });
          }
        },
        onShutOut: () => void queries.invalidateQueries({ queryKey: teamKey }),
        // What ended while the connection was away was not told: ask.
        onOpen: () => {
          void queries.invalidateQueries({ queryKey: resumesKey });
          void queries.invalidateQueries({ queryKey: ['resume'] });
        },
      }),
    [queries],
  );
  return <ProgressContext value={progress}>{children}</ProgressContext>;
}
