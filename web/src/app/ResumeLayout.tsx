// The frame around everything that is about one résumé: whose it is, and the views of it.
import { Suspense, useEffect, useRef } from 'react';
import { NavLink, Outlet, useLocation, useParams } from 'react-router';
import { isHereOnly, keepsResumes, useDevice } from '../api/device';
import { useMay, useResumes } from '../api/queries';
import { t } from '../lib/i18n';
import { Loading } from '../ui/basics';
import { useTitle } from '../lib/useTitle';

export function ResumeLayout() {
  const { id = '' } = useParams();
  const { pathname } = useLocation();
  const { data } = useResumes();
  const summary = data?.find((resume) => resume.id === id);
  const name = summary?.name ?? summary?.file_name;
  useTitle(name);
  // On a narrow screen the views scroll sideways: the chosen one is in sight.
  const views = useRef<HTMLElement>(null);
  useEffect(() => {
    void views.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname, summary?.status]);
  const base = `/resumes/${id}`;
  // Without the server there is what this device can do.
  const { away } = useDevice();
  const alone = isHereOnly(id) || (away && keepsResumes());
  const may = useMay();
  const ready = summary?.status === 'ready';
  return (
    <main className="page wide">
      <div className="resume-top">
        <div className="resume-head">
          <h1>{name ?? '\u00a0'}</h1>
          <p className="muted small">{summary ? [summary.headline, summary.name ? summary.file_name : null].filter(Boolean).join(' · ') : '\u00a0'}</p>
        </div>
        {(ready || !summary) && (
          <nav ref={views} className="tabs" aria-label={t('app.views')}>
            <NavLink to={base} end>
              {t('app.tab.resume')}
            </NavLink>
            {may.edit && <NavLink to={`${base}/build`}>{t('app.tab.build')}</NavLink>}
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
      <Suspense fallback={<Loading what={t('app.the-view')} />}>
        <Outlet />
      </Suspense>
    </main>
  );
}
