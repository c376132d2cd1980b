import { Monitor, Moon, Sun } from 'lucide-react';
import { Link, Outlet, ScrollRestoration } from 'react-router';
import { useOnline } from '../lib/useOnline';
import { Button } from '../ui/basics';
import type { Theme } from './theme';
import { useTheme } from './theme';
import { t } from '../lib/i18n';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

export function Shell() {
  const [theme, setTheme] = useTheme();
  const online = useOnline();
  const Icon = { system: Monitor, light: Sun, dark: Moon }[theme];
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
        <nav aria-label={t('app.everywhere')} className="row">
          <Link to="/" className="shell-link">
            {t('app.resumes')}
          </Link>
          <Button look="quiet" aria-label={t('app.colours', { now: t(`theme.${theme}`), next: t(`theme.${NEXT[theme]}`) })} onClick={() => setTheme(NEXT[theme])}>
            <Icon size={17} aria-hidden />
          </Button>
        </nav>
      </header>
      <div role="status">{!online && <p className="offline">{t('app.offline')}</p>}</div>
      <div id="content" tabIndex={-1}>
        <Outlet />
      </div>
      <ScrollRestoration />
    </>
  );
}
