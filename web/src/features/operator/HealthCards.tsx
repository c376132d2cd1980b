// How fast the server answers since it was started, by route.
import { num, t } from '../../lib/i18n';
import { Loading, ProblemCard } from '../../ui/basics';
import { CountTable, Tile } from '../../ui/charts';
import { useHealth } from './queries';

const SHOWN = 12;
const ms = (seconds: number) => num(seconds * 1000, seconds < 0.01 ? 1 : 0);

export function HealthCards({ token }: { token: string }) {
  const health = useHealth(token, true);
  if (health.isPending) return <Loading what={t('operator.loading')} />;
  if (health.isError) return <ProblemCard error={health.error} />;
  const { latencies, answers, failures, memory, readings, waiting } = health.data;
  const slowest = Math.max(0.001, ...latencies.slice(0, SHOWN).map(({ p95 }) => p95));
  return (
    <div className="count-cards">
      <dl className="card tiles wide" aria-label={t('operator.health')}>
        <Tile label={t('operator.answers')} n={answers} />
        <Tile label={t('operator.failures')} n={failures} />
        <Tile label={t('operator.readings')} n={readings['ready'] ?? 0} />
        <Tile label={t('operator.unreadable')} n={readings['failed'] ?? 0} />
        <Tile label={t('operator.waiting')} n={waiting} />
        {memory !== null && <Tile label={t('operator.memory')} n={Math.round(memory / 1024 / 1024)} />}
      </dl>
      <section className="card stack wide">
        <h2>{t('operator.latency')}</h2>
        <CountTable label={t('operator.latency')}>
            <thead>
              <tr>
                <th scope="col">{t('operator.route')}</th>
                <th scope="col" className="n">
                  {t('operator.answers')}
                </th>
                <th scope="col" className="n">
                  {t('operator.median')}
                </th>
                <th scope="col" className="n">
                  {t('operator.p95')}
                </th>
                <th scope="col" aria-hidden className="latency-bar" />
              </tr>
            </thead>
            <tbody>
              {latencies.slice(0, SHOWN).map(({ route, answers: n, p50, p95 }) => (
                <tr key={route}>
                  <td>
                    <code>{route}</code>
                  </td>
                  <td className="n">{num(n)}</td>
                  <td className="n">{ms(p50)}</td>
                  <td className="n">{ms(p95)}</td>
                  <td aria-hidden className="latency-bar">
                    <span className="count-bar">
                      <span style={{ width: `${(p50 / slowest) * 100}%` }} />
                      <span className="second" style={{ width: `${((p95 - p50) / slowest) * 100}%` }} />
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </CountTable>
        <p className="muted small">{t('operator.latency-how')}</p>
      </section>
    </div>
  );
}
