// What one did, as numbers: over time, by kind, how applications went and with what, and what moved the score.
import { ChartNoAxesColumn, Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMay } from '../../api/queries';
import { t } from '../../lib/i18n';
import { inTeam } from '../../lib/team';
import { useTitle } from '../../lib/useTitle';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { Empty } from '../../ui/Empty';
import { SpanButtons } from '../../ui/SpanButtons';
import { Charts } from './Charts';
import { Changes } from './Changes';
import { Variants } from './Variants';
import { useCounts, useForgetCounts, useShareCounts } from './queries';

export function CountsView() {
  useTitle(t('career.numbers'));
  const [days, setDays] = useState(90);
  const counts = useCounts(days);
  const share = useShareCounts();
  const forget = useForgetCounts();
  const may = useMay();
  return (
    <main className="page wide stack">
      <div className="row spread wrap">
        <h1>{t('career.numbers')}</h1>
        <SpanButtons days={days} onChange={setDays} />
      </div>
      {counts.isPending && <Loading what={t('counts.loading')} />}
      {counts.isError && (
        <ProblemCard error={counts.error}>
          <Button onClick={() => void counts.refetch()}>{t('again')}</Button>
        </ProblemCard>
      )}
      {counts.data && (
        <>
          <p className="muted">{t('counts.lead', { n: counts.data.kept_days })}</p>
          {counts.data.totals.length === 0 ? (
            <Empty icon={<ChartNoAxesColumn size={24} />} title={t('counts.none')}>
              <p>{t('counts.none.why')}</p>
            </Empty>
          ) : (
            <Charts data={counts.data} />
          )}
          <Variants />
          <Changes />
          <section className="card stack">
            <div hidden={!may.own}>
              <label className="row counts-share">
                <input type="checkbox" aria-describedby="counts-share-what" checked={counts.data.shared} onChange={(event) => share.mutate(event.target.checked)} /> {t('counts.share')}
              </label>
              <p id="counts-share-what" className="muted small counts-share-what">
                {t('counts.share.what')}
              </p>
            </div>
            <div className="row wrap">
              <a className="button" download href={inTeam(`/api/v1/counts/export?days=${days}`)}>
                <Download size={15} aria-hidden /> {t('counts.csv')}
              </a>
              <Button hidden={!may.own} onClick={() => forget.mutate()}>
                <Trash2 size={15} aria-hidden /> {t('counts.forget')}
              </Button>
            </div>
            <Link className="small" to="/operator">
              {t('operator.link')}
            </Link>
            {(share.isError || forget.isError) && <ProblemCard error={share.error ?? forget.error} />}
          </section>
        </>
      )}
    </main>
  );
}
