// Charts made of lists: what is drawn as a bar is also said as a number, so nobody needs to see it.
import './charts.css';
import type { ReactNode } from 'react';
import { day, num, t } from '../lib/i18n';
import type { Bucket } from '../lib/buckets';

type Row = [label: string, n: number, said?: string];
const widthOf = (n: number, most: number) => ({ width: `${(n / most) * 100}%` });

/** The largest rows as bars. */
export function BarList({ rows, most = 8 }: { rows: Row[]; most?: number }) {
  const top = Math.max(1, ...rows.map(([, n]) => n));
  return (
    <ul className="count-bars">
      {rows.slice(0, most).map(([label, n, said]) => (
        <li key={label}>
          <span>{label}</span>
          <span className="count-bar">
            <span style={widthOf(n, top)} />
          </span>
          <span className="tabular">{said ?? num(n)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Steps that lead to one another, each with its share of the one before it. */
export function Funnel({ steps }: { steps: [label: string, n: number][] }) {
  const top = Math.max(1, ...steps.map(([, n]) => n));
  return (
    <ol className="count-bars funnel">
      {steps.map(([label, n], index) => {
        const before = steps[index - 1]?.[1];
        return (
          <li key={label}>
            <span>{label}</span>
            <span className="count-bar">
              <span style={widthOf(n, top)} />
            </span>
            <span className="tabular">
              {num(n)}
              {before !== undefined && before > 0 && n <= before && <span className="muted small"> {t('chart.percent', { n: Math.round((n / before) * 100) })}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** What was taken of the suggestions against what was not, by kind; nothing where there were none. */
export function SuggestionCard({ rows }: { rows: [label: string, taken: number, refused: number][] }) {
  if (rows.length === 0) return null;
  const top = Math.max(1, ...rows.map(([, taken, refused]) => taken + refused));
  return (
    <section className="card stack">
      <h2>{t('counts.suggestions')}</h2>
      <Legend names={[t('counts.taken'), t('counts.refused')]} />
      <ul className="count-bars">
        {rows.map(([label, taken, refused]) => (
          <li key={label}>
            <span>{label}</span>
            <span className="count-bar">
              <span style={widthOf(taken, top)} />
              <span className="second" style={widthOf(refused, top)} />
            </span>
            <span className="tabular">
              {num(taken)}
              <span className="muted"> / {num(taken + refused)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const Legend = ({ names }: { names: string[] }) => (
  <ul className="chart-legend small muted" aria-hidden>
    {names.map((name) => (
      <li key={name}>{name}</li>
    ))}
  </ul>
);

type TimeChartProps = { bars: Bucket[]; series: { name: string; of: (counts: Bucket['counts']) => number }[] };

const daysOf = ({ from, to }: Bucket) => (from === to ? day(new Date(from)) : `${day(new Date(from))} – ${day(new Date(to))}`);

/** Counts over time; several series stand on one another. */
export function TimeChart({ bars, series }: TimeChartProps) {
  const totals = bars.map(({ counts }) => series.reduce((sum, { of }) => sum + of(counts), 0));
  const top = Math.max(1, ...totals);
  const [first, last] = [bars[0], bars.at(-1)];
  return (
    <div className="time-chart">
      {series.length > 1 && <Legend names={series.map(({ name }) => name)} />}
      <div className="time-plot">
        <span className="time-top muted small tabular" aria-hidden>
          {num(top)}
        </span>
        <ol>
          {bars.map((bar) => {
            const said = `${daysOf(bar)}: ${series.map(({ name, of }) => `${name} ${num(of(bar.counts))}`).join(', ')}`;
            return (
              <li key={bar.from} title={said}>
                <span className="hidden-visually">{said}</span>
                {series.map(({ name, of }) => (
                  <span key={name} style={{ height: `${(of(bar.counts) / top) * 100}%` }} />
                ))}
              </li>
            );
          })}
        </ol>
      </div>
      {first && last && (
        <p className="row spread muted small" aria-hidden>
          <span>{day(new Date(first.from))}</span>
          <span>{day(new Date(last.to))}</span>
        </p>
      )}
    </div>
  );
}

/** A number that matters, with what it is. */
export function Tile({ label, n, children }: { label: string; n: number; children?: ReactNode }) {
  return (
    <div className="tile">
      <dd className="tabular">{num(n)}</dd>
      <dt className="muted small">{label}</dt>
      {children}
    </div>
  );
}

/** A table that may be wider than its place: it scrolls, also by keyboard. */
export function CountTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="count-table" role="region" aria-label={label} tabIndex={0}>
      <table>{children}</table>
    </div>
  );
}
