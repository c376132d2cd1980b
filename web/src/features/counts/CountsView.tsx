// What one did, as numbers: bars by event and by day, applications by template.
import './counts.css';
import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Key } from '../../lib/i18n';
import { WORDS, num, t } from '../../lib/i18n';
import { useMay } from '../../api/queries';
import { inTeam } from '../../lib/team';
import { sayName } from '../../lib/words';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import type { Dashboard } from './queries';
import { useCounts, useForgetCounts, useShareCounts } from './queries';

const SPANS = [30, 90, 365];
const eventName = (event: string) => {
  const key = `counts.event.${event}`;
  return key in WORDS ? t(key as Key) : sayName(event);
};

export function CountsView() {
  const [days, setDays] = useState(90);
  const counts = useCounts(days);
  const share = useShareCounts();
  const forget = useForgetCounts();
  const may = useMay();
  return (
    <main className="page stack">
      <div className="row spread wrap">
        <h1>{t('career.numbers')}</h1>
        <div className="row">
          {SPANS.map((span) => (
            <Button key={span} slim look={span === days ? 'primary' : 'plain'} aria-pressed={span === days} onClick={() => setDays(span)}>
              {t('counts.days', { n: span })}
            </Button>
          ))}
        </div>
      </div>
      {counts.isPending && <Loading what={t('counts.loading')} />}
      {counts.isError && <ProblemCard error={counts.error} />}
      {counts.data && (
        <>
          <p className="muted">{t('counts.lead', { n: counts.data.kept_days })}</p>
          {counts.data.totals.length === 0 ? <p className="card">{t('counts.none')}</p> : <Charts data={counts.data} />}
          <div hidden={!may.own}>
            <label className="row">
              <input type="checkbox" aria-describedby="counts-share-what" checked={counts.data.shared} onChange={(event) => share.mutate(event.target.checked)} /> {t('counts.share')}
            </label>
            <p id="counts-share-what" className="muted small">
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
          {(share.isError || forget.isError) && <ProblemCard error={share.error ?? forget.error} />}
        </>
      )}
    </main>
  );
}

function Charts({ data }: { data: Dashboard }) {
  const events = [...new Set(data.totals.map((total) => total.event))];
  const most = Math.max(1, ...data.days.map((day) => Object.values(day.counts).reduce((a, b) => a + b, 0)));
  return (
    <div className="count-cards">
      {events.map((event) => (
        <section key={event} className="card stack">
          <h2>
            {eventName(event)} <span className="tabular muted">{num(data.totals.filter((total) => total.event === event).reduce((sum, total) => sum + total.n, 0))}</span>
          </h2>
          <Bars rows={data.totals.filter((total) => total.event === event && total.label !== '').map((total) => [sayName(total.label), total.n])} />
        </section>
      ))}
      <section className="card stack wide">
        <h2>{t('counts.by-day')}</h2>
        <ol className="day-bars">
          {data.days.map((day) => {
            const n = Object.values(day.counts).reduce((a, b) => a + b, 0);
            return (
              <li key={day.day} title={t('counts.day', { day: day.day, n })}>
                <span style={{ height: `${(n / most) * 100}%` }} />
                <span className="hidden-visually">{t('counts.day', { day: day.day, n })}</span>
              </li>
            );
          })}
        </ol>
      </section>
      <SharedByDay days={data.days} />
      {data.outcomes.length > 0 && (
        <section className="card stack wide">
          <h2>{t('counts.outcomes')}</h2>
          <table>
            <thead>
              <tr>
                <th>{t('letter.template')}</th>
                {(['applied', 'interview', 'offer', 'rejected'] as const).map((how) => (
                  <th key={how}>{t(`counts.${how}`)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.outcomes.map((row) => (
                <tr key={row.template}>
                  <td>{row.template === '' ? t('counts.no-template') : sayName(row.template)}</td>
                  <td>{row.applied}</td>
                  <td>{row.interview}</td>
                  <td>{row.offer}</td>
                  <td>{row.rejected}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}

/** Views and downloads of shared pages over time, the days without any left out. */
function SharedByDay({ days }: { days: Dashboard['days'] }) {
  const each = days
    .map(({ day, counts }) => ({ day, views: counts['share-view'] ?? 0, downloads: counts['download'] ?? 0 }))
    .filter(({ views, downloads }) => views + downloads > 0);
  if (each.length === 0) return null;
  const most = Math.max(...each.map(({ views, downloads }) => views + downloads));
  return (
    <section className="card stack wide">
      <h2>{t('counts.shared-by-day')}</h2>
      <ol className="day-bars">
        {each.map((at) => (
          <li key={at.day} title={t('counts.views-downloads', at)}>
            <span style={{ height: `${((at.views + at.downloads) / most) * 100}%` }} />
            <span className="hidden-visually">{t('counts.views-downloads', at)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Bars({ rows }: { rows: [string, number][] }) {
  const most = Math.max(1, ...rows.map(([, n]) => n));
  if (rows.length === 0) return null;
  return (
    <ul className="count-bars">
      {rows.slice(0, 8).map(([label, n]) => (
        <li key={label}>
          <span>{label}</span>
          <span className="count-bar">
            <span style={{ width: `${(n / most) * 100}%` }} />
          </span>
          <span className="tabular">{num(n)}</span>
        </li>
      ))}
    </ul>
  );
}
