import './shell.css';
import { ChartColumn, Columns3, Files, LayoutTemplate, Monitor, Moon, Search, Settings, Sun, UsersRound } from 'lucide-react';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation, useNavigate } from 'react-router';
import { useMay, useResumes, useTeam } from '../api/queries';
import { t } from '../lib/i18n';
import { DeviceBar } from '../features/offline/DeviceBar';
import { TeamSwitcher } from '../features/teams/TeamSwitcher';
import { Button, Loading } from '../ui/basics';
import { loadAhead } from './ahead';
import { commandsOf } from './commands';
import { Palette, ShortcutSheet } from './Palette';
import { BASE, TEAM } from '../lib/team';
import type { Theme } from '../lib/theme';
import { handOver, useDropAnywhere } from '../lib/dropped';
import { useTheme } from '../lib/theme';
import { useShortcuts } from './useShortcuts';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const PLACES = [
  ['/', Files, 'app.resumes'],
  ['/applications', Columns3, 'app.applications'],
  ['/templates', LayoutTemplate, 'app.templates'],
  ['/numbers', ChartColumn, 'career.numbers'],
  ['/settings', Settings, 'app.settings'],
] as const;
/** A team has a page of its own. */
const TEAM_PLACE = ['/team', UsersRound, 'team.members'] as const;

export function Shell() {
  const [theme, setTheme] = useTheme();
  const [over, setOver] = useState<'palette' | 'shortcuts' | null>(null);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { data: resumes = [] } = useResumes();
  // A page of a résumé that has a new address goes there.
  const follow = useCallback((from: string, to: string) => {
    const { pathname: here, search } = window.location;
    if (here.includes(from)) void navigate(here.slice(BASE === '/' ? 0 : BASE.length).replace(from, to) + search, { replace: true });
  }, [navigate]);
  useEffect(loadAhead, []);
  // The first page takes dropped files by itself; from every other one they lead there.
  const held = useDropAnywhere(
    pathname === '/'
      ? null
      : (files) => {
          handOver(files);
          void navigate('/');
        },
  );
  const Icon = { system: Monitor, light: Sun, dark: Moon }[theme];
  const may = useMay();
  const commands = commandsOf({
    mayEdit: may.edit,
    go: (address) => void navigate(address),
    resumeId: /^\/resumes\/([^/]+)/.exec(pathname)?.[1],
    resumes,
    setTheme,
    showShortcuts: () => setOver('shortcuts'),
  });
  useShortcuts({
    'Control+K': () => setOver(over === 'palette' ? null : 'palette'),
    ...Object.fromEntries(commands.flatMap(({ keys, run }) => (keys ? [[keys, run]] : []))),
  });
  return (
    <>
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <header className="shell-header">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width={24} height={24} />
          Bespoke
        </Link>
        <TeamSwitcher />
        <nav aria-label={t('app.everywhere')} className="row shell-nav">
          {(TEAM === undefined ? PLACES : [...PLACES, TEAM_PLACE]).map(([address, Place, name]) => (
            <NavLink key={address} to={address} end className="shell-link" title={t(name)}>
              <Place size={17} aria-hidden />
              <span>{t(name)}</span>
            </NavLink>
          ))}
          <Button look="quiet" className="commands" aria-label={t('app.commands-keys')} aria-keyshortcuts="Control+K" onClick={() => setOver('palette')}>
            <Search size={16} aria-hidden />
            <kbd aria-hidden>Ctrl K</kbd>
          </Button>
          <Button look="quiet" aria-label={t('app.colours', { now: t(`theme.${theme}`), next: t(`theme.${NEXT[theme]}`) })} onClick={() => setTheme(NEXT[theme])}>
            <Icon size={17} aria-hidden />
          </Button>
        </nav>
      </header>
      <DeviceBar onMoved={follow} />
      <RoleNote />
      <div id="content" tabIndex={-1}>
        <Suspense
          fallback={
            <main className="page">
              <Loading what={t('app.the-view')} />
            </main>
          }
        >
          <Outlet />
        </Suspense>
      </div>
      {held && <div className="held">{t('start.let-go')}</div>}
      {over === 'palette' && <Palette commands={commands} onClose={() => setOver(null)} />}
      {over === 'shortcuts' && <ShortcutSheet onClose={() => setOver(null)} />}
      <ScrollRestoration />
    </>
  );
}

/** Says once on every page why there is nothing to change. */
function RoleNote() {
  const { data: team } = useTeam();
  if (!team || (team.role !== 'viewer' && team.role !== 'commenter')) return null;
  return (
    <p className="role-note small" role="note">
      {t(`team.note.${team.role}`, { team: team.name })}
    </p>
  );
}
