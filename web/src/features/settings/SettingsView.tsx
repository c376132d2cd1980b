// What holds for the whole page and the account: looks, how to judge, security, what opens the API, and one's data.
import '../../ui/setting.css';
import './settings.css';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { Link } from 'react-router';
import { useAccount } from '../../api/queries';
import type { Language } from '../../lib/i18n';
import { LANGUAGES, language, setLanguage, t } from '../../lib/i18n';
import { DEFAULTS, USUAL_BLEND, setPreference, usePreference } from '../../lib/preferences';
import type { Theme } from '../../lib/theme';
import { THEMES, useTheme } from '../../lib/theme';
import { useTitle } from '../../lib/useTitle';
import { BlendRange } from '../../ui/BlendRange';
import { AccountCard } from './AccountCard';
import { BoardKeysCard } from './BoardKeysCard';
import { DataCard } from './DataCard';
import { DoorsCard } from './DoorsCard';
import { LanguageModelCard } from './LanguageModelCard';
import { SecurityCard } from './SecurityCard';
import { SessionsCard } from './SessionsCard';
import { TokensCard } from './TokensCard';

type SettingsViewProps = { /** What other areas have to set. */ renderMore?: () => ReactNode; /** The person's teams. */ renderTeams?: () => ReactNode };

export function SettingsView({ renderMore, renderTeams }: SettingsViewProps) {
  useTitle(t('settings.title'));
  const signedIn = useAccount().data?.kind === 'account';
  return (
    <main className="page settings">
      <h1>{t('settings.title')}</h1>
      <Look />
      {renderMore?.()}
      <Judging />
      <AccountCard />
      {renderTeams?.()}
      {signedIn && (
        <>
          <SecurityCard />
          <DoorsCard />
          <SessionsCard />
          <TokensCard />
        </>
      )}
      <LanguageModelCard />
      <BoardKeysCard />
      <DataCard />
    </main>
  );
}

function Look() {
  const [theme, setTheme] = useTheme();
  return (
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
      <label className="setting">
        <strong>{t('settings.colours')}</strong>
        <select className="select" value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {t(`theme.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <div className="setting">
        <span>
          <strong>{t('tour.title')}</strong>
          <span className="muted small">{t('tour.again.why')}</span>
        </span>
        <Link className="button" to="/" onClick={() => setPreference('tour', DEFAULTS.tour)}>
          {t('tour.again')}
        </Link>
      </div>
    </section>
  );
}

function Judging() {
  const [strict, setStrict] = usePreference('strict');
  const [chosen, setBlend] = usePreference('blend');
  const blend = chosen ?? USUAL_BLEND;
  const id = useId();
  const meaning = Math.round(blend * 100);
  return (
    <section className="card stack" aria-labelledby="settings-judging">
      <h2 id="settings-judging">{t('settings.judging')}</h2>
      <label className="setting">
        <span>
          <strong>{t('settings.strictness')}</strong>
          <span className="muted small">{t('settings.strictness.why')}</span>
        </span>
        <select className="select" value={strict ? 'strict' : 'lenient'} onChange={(event) => setStrict(event.target.value === 'strict')}>
          <option value="lenient">{t('settings.lenient')}</option>
          <option value="strict">{t('settings.strict')}</option>
        </select>
      </label>
      <div className="setting">
        <span>
          <label htmlFor={id}>
            <strong>{t('roles.what-counts')}</strong>
          </label>
          <span className="muted small">{t('roles.blend.why')}</span>
        </span>
        <span className="blend-setting">
          <BlendRange id={id} value={blend} onChange={setBlend} />
          <span className="small tabular">{t('roles.blend', { meaning, skills: 100 - meaning })}</span>
        </span>
      </div>
    </section>
  );
}
