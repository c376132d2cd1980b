// The frame around everything that is about one résumé: whose it is, and the four views.
import { useQuery } from '@tanstack/react-query';
import { NavLink, Outlet, useLocation, useParams } from 'react-router';
import { api, unwrap } from '../api/client';
import { isHereOnly, keepsResumes, useDevice } from '../api/device';
import { t } from '../lib/i18n';
import { useTitle } from '../lib/useTitle';

export function ResumeLayout() {
  const { id = '' } = useParams();
  const { pathname } = useLocation();
  const { data } = useQuery({ queryKey: ['resumes'], queryFn: () => unwrap(api.GET('/api/v1/resumes')) });
  const summary = data?.find((resume) => resume.id === id);
  const name = summary?.name ?? summary?.file_name;
  useTitle(name);
  const base = `/resumes/${id}`;
  // Without the server there is what this device can do.
  const { away } = useDevice();
  const alone = isHereOnly(id) || (away && keepsResumes());
  const ready = summary?.status === 'ready';
  return (
    <main className="page wide">
      <div className="resume-top">
        <div className="resume-head">
          <h1>{name ?? '\u00a0'}</h1>
          <p className="muted small">{summary ? [summary.headline, summary.name ? summary.file_name : null].filter(Boolean).join(' · ') : '\u00a0'}</p>
        </div>
        {(ready || !summary) && (
          <nav className="tabs" aria-label={t('app.views')}>
            <NavLink to={base} end>
              {t('app.tab.resume')}
            </NavLink>
            <NavLink to={`${base}/build`}>{t('app.tab.build')}</NavLink>
            <NavLink to={`${base}/check`}>{t('app.tab.check')}</NavLink>
            {!alone && (
              <>
                <NavLink to={`${base}/roles`}>{t('app.tab.roles')}</NavLink>
                <NavLink to={`${base}/tailor`} aria-current={pathname.startsWith(`${base}/tailor`) ? 'page' : undefined}>
                  {t('app.tab.tailor')}
                </NavLink>
                <NavLink to={`${base}/letters`}>{t('career.tab.letter')}</NavLink>
                <NavLink to={`${base}/interviews`}>{t('career.tab.interview')}</NavLink>
                <NavLink to={`${base}/openings`}>{t('career.tab.openings')}</NavLink>
              </>
            )}
            <NavLink to={`${base}/export`}>{t('app.tab.export')}</NavLink>
          </nav>
        )}
      </div>
      <Outlet />
    </main>
  );
}
