import { Monitor, Moon, Sun } from 'lucide-react';
import { Link, Outlet, ScrollRestoration } from 'react-router';
import { t } from '../lib/i18n';
import { useOnline } from '../lib/useOnline';
import { Button } from '../ui/basics';
import type { Theme } from './theme';
import { useTheme } from './theme';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

export function Shell() {
  const [theme, setTheme] = useTheme();
  const online = useOnline();
  const Icon = { system: Monitor, light: Sun, dark: Moon }[theme];
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="shell-header">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width={24} height={24} />
          Bespoke
        </Link>
        <nav aria-label="Everywhere" className="row">
          <Link to="/" className="shell-link">
            Your résumés
          </Link>
          <Link to="/numbers" className="shell-link">
            {t('career.numbers')}
          </Link>
          <Button look="quiet" aria-label={`Colours: ${theme}. Change to ${NEXT[theme]}`} onClick={() => setTheme(NEXT[theme])}>
            <Icon size={17} aria-hidden />
          </Button>
        </nav>
      </header>
      <div role="status">{!online && <p className="offline">You are offline. What you see stays; changes cannot be saved until the connection is back.</p>}</div>
      <div id="content" tabIndex={-1}>
        <Outlet />
      </div>
      <ScrollRestoration />
    </>
  );
}
