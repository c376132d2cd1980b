// An installed page opens without a network: what was not looked at yet is loaded while nothing else is to be done.

/** Milliseconds after which the first screen has what it needs. */
const LATER_MS = 5000;

/** Loads every view once, for the service worker to keep; gives the way to stop. */
export function loadAhead(): () => void {
  const timer = setTimeout(() => {
    if (!navigator.serviceWorker?.controller) return;
    void Promise.allSettled([
      import('../features/board/BoardView'),
      import('../features/counts/CountsView'),
      import('../features/interview/InterviewView'),
      import('../features/interview/NewInterview'),
      import('../features/letter/LetterView'),
      import('../features/letter/NewLetter'),
      import('../features/offline/DeviceCard'),
      import('../features/offline/PlainExport'),
      import('../features/openings/OpeningsView'),
      import('../features/settings/SettingsView'),
      import('../features/templates/TemplatesView'),
    ]);
  }, LATER_MS);
  return () => clearTimeout(timer);
}
