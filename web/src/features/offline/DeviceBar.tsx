// Says when the server is away and what waits on this device, asks for the server, and sends what waits when it is back.
import './offline.css';
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, lazy, useEffect, useState } from 'react';
import { READER, isInstalled, keepsResumes, useDevice } from '../../api/device';
import { t, tn } from '../../lib/i18n';
import { useOnline } from '../../lib/useOnline';
import { Button } from '../../ui/basics';
import { useToast } from '../../ui/Toasts';

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 10_000;

const loadConflicts = () => import('./Conflicts');
/** Loaded when there is something to decide. */
const Conflicts = lazy(loadConflicts);
/** What is loaded later must be here before the server is away. */
const LATER = [loadConflicts, () => import('./PlainExport'), () => import('./DeviceCard')];

/** `onMoved`: the server gave a résumé of this device another id. */
export function DeviceBar({ onMoved }: { onMoved: (from: string, to: string) => void }) {
  const { away, waiting, stuck } = useDevice();
  const online = useOnline();
  const [deciding, setDeciding] = useState(false);
  useReadiness();
  useReturn(away, waiting > stuck);
  useSent(onMoved);
  const gone = away || !online;
  return (
    <>
      <div role="status" className="device-bar">
        {(gone || waiting > 0) && (
          <p className="offline">
            {gone && <span>{!online && !keepsResumes() ? t('app.offline') : keepsResumes() ? t('offline.away') : t('offline.away.no-reader')}</span>}
            {waiting > stuck && <span>{tn('offline.waiting', waiting - stuck)}</span>}
            {stuck > 0 && (
              <span>
                {tn('offline.stuck', stuck)}{' '}
                <Button slim onClick={() => setDeciding(true)}>
                  {t('offline.decide')}
                </Button>
              </span>
            )}
          </p>
        )}
      </div>
      {deciding && stuck > 0 && (
        <Suspense>
          <Conflicts onDone={() => setDeciding(false)} />
        </Suspense>
      )}
    </>
  );
}

/** Gets this device ready where the person wants it, or installed the page; and finds what waits from an earlier visit. */
function useReadiness() {
  const { wanted, away } = useDevice();
  useEffect(() => {
    if (!READER) return;
    void import('../../api/device/store').then(({ count }) => count());
    if (!away && (wanted || isInstalled())) void import('../../api/device/ready').then(({ makeReady }) => makeReady()).then(() => Promise.all(LATER.map((load) => load())));
    // The first file is read as fast as the next ones.
    if (away && keepsResumes()) void import('../../api/device/ready').then(({ warmUp }) => warmUp());
  }, [wanted, away]);
}

/** Asks for the server while it is away; when it is back, what waits is sent and everything is asked for anew. */
function useReturn(away: boolean, waits: boolean) {
  const queries = useQueryClient();
  useEffect(() => {
    if (!away && !waits) return;
    let timer = 0;
    let wait = FIRST_WAIT_MS;
    let over = false;
    const ask = async () => {
      window.clearTimeout(timer);
      const there = await fetch('/health/live', { cache: 'no-store' }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (over) return;
      if (there) {
        // Whose workspace it is comes first: nothing is sent into another one.
        await queries.refetchQueries({ queryKey: ['workspace'] });
        const { sync } = await import('../../api/device/sync');
        await sync();
        if (away) void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'workspace' });
      }
      timer = window.setTimeout(() => void ask(), wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
    const now = () => void ask();
    timer = window.setTimeout(now, away ? wait : 0);
    window.addEventListener('online', now);
    return () => {
      over = true;
      window.clearTimeout(timer);
      window.removeEventListener('online', now);
    };
  }, [away, waits, queries]);
}

/** Takes up what has reached the server. */
function useSent(onMoved: (from: string, to: string) => void) {
  const queries = useQueryClient();
  const say = useToast();
  useEffect(() => {
    const sent = ({ detail: { from, to, name } }: CustomEvent<{ from: string; to: string; name: string }>) => {
      void queries.invalidateQueries({ queryKey: ['resumes'] });
      void queries.invalidateQueries({ queryKey: ['resume', to] });
      say(t('offline.sent', { name }));
      if (from !== to) onMoved(from, to);
    };
    window.addEventListener('bespoke-sent', sent as EventListener);
    return () => window.removeEventListener('bespoke-sent', sent as EventListener);
  }, [queries, say, onMoved]);
}
