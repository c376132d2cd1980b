// The whole server as numbers, for whoever runs it: use, preferences, the way to an offer, trials, and how fast it answers.
import './operator.css';
import { ChartNoAxesColumn, Download } from 'lucide-react';
import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import { problemOf } from '../../api/client';
import { buckets } from '../../lib/buckets';
import { OUTCOMES, eventName, labelName, suggestionRows, today } from '../../lib/events';
import { num, t, tn } from '../../lib/i18n';
import { useTitle } from '../../lib/useTitle';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { BarList, Funnel, SuggestionCard, Tile, TimeChart } from '../../ui/charts';
import { Empty } from '../../ui/Empty';
import { SpanButtons } from '../../ui/SpanButtons';
import { useToast } from '../../ui/Toasts';
import { HealthCards } from './HealthCards';
import { Trials } from './Trials';
import { downloadCounts, keepToken, readToken, useServerCounts } from './queries';
import type { ServerNumbers } from './queries';

export function OperatorView() {
  useTitle(t('operator.title'));
  const [days, setDays] = useState(90);
  const [token, setToken] = useState(readToken);
  const counts = useServerCounts(days, token);
  const say = useToast();
  const closed = counts.isError && problemOf(counts.error).status === 404;
  return (
    <main className="page wide stack">
      <div className="row spread wrap">
        <h1>{t('operator.title')}</h1>
        {counts.data && (
          <div className="row wrap">
            <SpanButtons days={days} onChange={setDays} />
            <Button onClick={() => void downloadCounts(days, token).catch((error: unknown) => say(problemOf(error).detail))}>
              <Download size={15} aria-hidden /> {t('counts.csv')}
            </Button>
          </div>
        )}
      </div>
      {counts.isPending && <Loading what={t('operator.loading')} />}
      {closed && (
        <TokenForm
          wrong={token !== ''}
          onToken={(given) => {
            keepToken(given);
            setToken(given);
          }}
        />
      )}
      {counts.isError && !closed && (
        <ProblemCard error={counts.error}>
          <Button onClick={() => void counts.refetch()}>{t('again')}</Button>
        </ProblemCard>
      )}
      {counts.data && (
        <>
          <p className="muted">{tn('operator.lead', counts.data.agreed)}</p>
          {Object.keys(counts.data.counts).length === 0 ? <Empty icon={<ChartNoAxesColumn size={24} />} title={t('operator.none')} /> : <Usage data={counts.data} />}
          <Trials trials={counts.data.trials} />
          <HealthCards token={token} />
        </>
      )}
    </main>
  );
}

function TokenForm({ wrong, onToken }: { wrong: boolean; onToken: (token: string) => void }) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onToken(typed.trim());
  };
  return (
    <form className="card stack operator-token" onSubmit={submit}>
      <p>{t('operator.closed')}</p>
      <label className="labelled" htmlFor={id}>
        <span>{t('operator.token')}</span>
        <input id={id} className="input" type="password" autoComplete="off" value={typed} aria-invalid={wrong || undefined} aria-describedby={`${id}-wrong`} onChange={(event) => setTyped(event.target.value)} />
      </label>
      <p id={`${id}-wrong`} role="status" className="muted small">
        {wrong ? t('operator.wrong') : t('operator.token-where')}
      </p>
      <Button type="submit" look="primary" disabled={typed.trim() === ''}>
        {t('operator.open')}
      </Button>
    </form>
  );
}

const PREFERENCES = ['template-chosen', 'export', 'role-saved', 'role-hidden', 'letter-written', 'download'];

function Usage({ data }: { data: ServerNumbers }) {
  const sum = (event: string) => Object.values(data.counts[event] ?? {}).reduce((a, b) => a + b, 0);
  const outcome = (how: string) => Object.entries(data.counts['outcome'] ?? {}).reduce((all, [label, n]) => (label.split('/')[0] === how ? all + n : all), 0);
  const suggestions = suggestionRows(data.counts);
  const days = Object.entries(data.days).map(([day, counts]) => ({ day, counts }));
  return (
    <div className="count-cards">
      <dl className="card tiles wide" aria-label={t('counts.at-a-glance')}>
        {['upload', 'tailored', 'export', 'share-view', 'letter-written', 'interview-prepared'].map((event) => (
          <Tile key={event} label={eventName(event)} n={sum(event)} />
        ))}
      </dl>
      <section className="card stack wide">
        <h2>{t('operator.usage')}</h2>
        <TimeChart bars={buckets(days, data.since, today())} series={[{ name: t('counts.events'), of: (of) => Object.values(of).reduce((a, b) => a + b, 0) }]} />
      </section>
      <section className="card stack">
        <h2>{t('operator.funnel')}</h2>
        <Funnel
          steps={[
            ...(['upload', 'tailored', 'export'] as const).map((event): [string, number] => [eventName(event), sum(event)]),
            ...OUTCOMES.filter((how) => how !== 'rejected').map((how): [string, number] => [t(`counts.${how}`), outcome(how)]),
          ]}
        />
      </section>
      <SuggestionCard rows={suggestions} />
      {PREFERENCES.filter((event) => Object.keys(data.counts[event] ?? {}).some(Boolean)).map((event) => (
        <section key={event} className="card stack">
          <h2>
            {eventName(event)} <span className="tabular muted">{num(sum(event))}</span>
          </h2>
          <BarList rows={Object.entries(data.counts[event] ?? {}).sort((a, b) => b[1] - a[1]).map(([label, n]) => [labelName(event, label), n])} />
        </section>
      ))}
    </div>
  );
}
