// The counts of one person as charts.
import { buckets } from '../../lib/buckets';
import { OUTCOMES, countsOf, eventName, labelName, suggestionRows, today } from '../../lib/events';
import { num, t } from '../../lib/i18n';
import { sayName } from '../../lib/words';
import { BarList, CountTable, Funnel, SuggestionCard, Tile, TimeChart } from '../../ui/charts';
import type { Dashboard } from './queries';

const TILES = ['upload', 'tailored', 'export', 'share-view', 'letter-written', 'interview-prepared'];
/** Shown by charts of their own. */
const ELSEWHERE = new Set([...TILES.filter((event) => event !== 'export'), 'suggestion-accepted', 'suggestion-refused', 'outcome']);

export function Charts({ data }: { data: Dashboard }) {
  const counts = countsOf(data.totals);
  const sum = (event: string) => Object.values(counts[event] ?? {}).reduce((a, b) => a + b, 0);
  const bars = buckets(data.days, data.since, today());
  const shared = (of: Record<string, number>) => (of['share-view'] ?? 0) + (of['download'] ?? 0);
  const suggestions = suggestionRows(counts);
  const outcome = (how: string) => data.outcomes.reduce((all, row) => all + row[how as (typeof OUTCOMES)[number]], 0);
  return (
    <div className="count-cards">
      <dl className="card tiles wide" aria-label={t('counts.at-a-glance')}>
        {TILES.map((event) => (
          <Tile key={event} label={eventName(event)} n={sum(event)} />
        ))}
      </dl>
      <section className="card stack wide">
        <h2>{t('counts.by-day')}</h2>
        <TimeChart bars={bars} series={[{ name: t('counts.events'), of: (of) => Object.values(of).reduce((a, b) => a + b, 0) }]} />
      </section>
      {data.days.some(({ counts: of }) => shared(of) > 0) && (
        <section className="card stack wide">
          <h2>{t('counts.shared-by-day')}</h2>
          <TimeChart bars={bars} series={[{ name: eventName('share-view'), of: (of) => of['share-view'] ?? 0 }, { name: eventName('download'), of: (of) => of['download'] ?? 0 }]} />
        </section>
      )}
      {data.outcomes.length > 0 && (
        <section className="card stack">
          <h2>{t('counts.funnel')}</h2>
          <Funnel steps={OUTCOMES.filter((how) => how !== 'rejected').map((how) => [t(`counts.${how}`), outcome(how)])} />
          <p className="muted small">
            {t('counts.rejected')}: {num(outcome('rejected'))}
          </p>
        </section>
      )}
      {data.outcomes.length > 0 && (
        <section className="card stack twice">
          <h2>{t('counts.outcomes')}</h2>
          <CountTable label={t('counts.outcomes')}>
              <thead>
                <tr>
                  <th scope="col">{t('letter.template')}</th>
                  {OUTCOMES.map((how) => (
                    <th key={how} scope="col" className="n">
                      {t(`counts.${how}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.outcomes.map((row) => (
                  <tr key={row.template}>
                    <td>{row.template === '' ? t('counts.no-template') : sayName(row.template)}</td>
                    {OUTCOMES.map((how) => (
                      <td key={how} className="n">
                        {num(row[how])}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </CountTable>
        </section>
      )}
      <SuggestionCard rows={suggestions} />
      {Object.entries(counts)
        .filter(([event, labels]) => !ELSEWHERE.has(event) && Object.keys(labels).some(Boolean))
        .map(([event, labels]) => (
          <section key={event} className="card stack">
            <h2>
              {eventName(event)} <span className="tabular muted">{num(sum(event))}</span>
            </h2>
            <BarList rows={Object.entries(labels).map(([label, n]) => [labelName(event, label), n])} />
          </section>
        ))}
    </div>
  );
}
