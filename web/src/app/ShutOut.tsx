// What stands in place of a team's page for somebody who is not in the team (any more).
import { problemOf } from '../api/client';
import { t } from '../lib/i18n';
import { ProblemCard } from '../ui/basics';

export function ShutOut({ error }: { error: unknown }) {
  const problem = problemOf(error);
  const out = problem.status === 404;
  return (
    <main className="page">
      <ProblemCard error={out ? { ...problem, title: t('team.out'), detail: t('team.out.why') } : problem}>
        <a className="button primary" href="/">
          {t('team.out.own')}
        </a>
        <a className="button" href="/settings">
          {t('team.out.sign-in')}
        </a>
      </ProblemCard>
    </main>
  );
}
