// What holds for the whole page: language, colours.
import './settings.css';
import type { ReactNode } from 'react';
import type { Language } from '../../lib/i18n';
import { LANGUAGES, language, setLanguage, t } from '../../lib/i18n';
import { AccountCard } from './AccountCard';
import { DataCard } from './DataCard';
import { useTitle } from '../../lib/useTitle';

/** `renderMore`: what other areas have to set. */
export function SettingsView({ renderMore }: { renderMore?: () => ReactNode }) {
  useTitle(t('settings.title'));
  return (
    <main className="page settings">
      <h1>{t('settings.title')}</h1>
      <section className="card stack" aria-labelledby="settings-look">
        <h2 id="settings-look">{t('settings.look')}</h2>
        <label className="setting">
          <span>
            <strong>{t('settings.language')}</strong>
            <span className="muted small">{t('settings.language.why')}</span>
          </span>
          <select className="select" value={language()} onChange={(event) => setLanguage(event.target.value as Language)}>
            {Object.entries(LANGUAGES).map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </section>
      {renderMore?.()}
      <AccountCard />
      <DataCard />
    </main>
  );
}
