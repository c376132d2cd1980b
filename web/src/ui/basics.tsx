// The small parts that every view is made of.
import type { ComponentProps, ReactNode } from 'react';
import { useId, useRef } from 'react';
import type { Problem, Score } from '../api/client';
import { problemOf } from '../api/client';
import { asSentence, sayName } from '../lib/words';
import { num, t } from '../lib/i18n';

type ButtonProps = ComponentProps<'button'> & { look?: 'primary' | 'plain' | 'quiet'; slim?: boolean };

export function Button({ look = 'plain', slim = false, className = '', type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={`button ${look} ${slim ? 'slim' : ''} ${className}`} {...rest} />;
}

export function Chip({ tone = '', title, children }: { tone?: '' | 'good' | 'warn' | 'bad' | 'accent'; title?: string; children: ReactNode }) {
  return (
    <span className={`chip ${tone}`} title={title}>
      {children}
    </span>
  );
}

export function Skeleton({ height, width = '100%' }: { height: number; width?: string }) {
  return <div className="skeleton" style={{ height, width }} />;
}

export function Loading({ what, children }: { what: string; children?: ReactNode }) {
  return (
    <div aria-busy="true" className="stack">
      <p className="hidden-visually" role="status">
        {t('loading', { what })}
      </p>
      {children ?? (
        <>
          <Skeleton height={28} width="40%" />
          <Skeleton height={120} />
          <Skeleton height={120} />
        </>
      )}
    </div>
  );
}

/** What went wrong, in the server's words, and the way out. */
export function ProblemCard({ error, children }: { error: unknown; children?: ReactNode }) {
  const problem: Problem = problemOf(error);
  return (
    <div className="problem" role="alert">
      <strong>{problem.title}</strong>
      <p>{asSentence(problem.detail)}</p>
      {problem.violations && problem.violations.length > 0 && (
        <ul>
          {problem.violations.map((violation, index) => (
            <li key={index}>
              <Chip tone="bad">{sayName(violation.kind)}</Chip> {violation.message}
              <div className="muted small">“{violation.text}”</div>
            </li>
          ))}
        </ul>
      )}
      {children && <div className="row wrap">{children}</div>}
    </div>
  );
}

/** A bar from 0 to 1 with a name for those who do not see it. */
export function Meter({ value, label }: { value: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div className="bar" role="meter" aria-label={label} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
      <span style={{ width: `${percent}%` }} />
    </div>
  );
}

const TINTS = [1, 0.72, 0.5, 0.34, 0.24, 0.16];

/** A score of 0 to 100 as a bar of its parts; those that take away are named below it. */
export function ScoreBar({ score, label }: { score: Score; label: string }) {
  return (
    <div className="bar" style={{ height: 8 }} role="meter" aria-label={label} aria-valuenow={Math.round(score.total)} aria-valuemin={0} aria-valuemax={100}>
      {score.parts
        .filter((part) => part.points > 0)
        .map((part, index) => (
          <span
            key={part.name}
            title={`${sayName(part.name)}: ${num(part.points, 1)}`}
            style={{ width: `${part.points}%`, opacity: TINTS[index % TINTS.length] }}
          />
        ))}
    </div>
  );
}

/** The parts of a score, each with its points and why. */
export function ScoreParts({ score, before }: { score: Score; before?: Score }) {
  return (
    <ul className="score-parts">
      {score.parts.map((part) => {
        const old = before?.parts.find((p) => p.name === part.name)?.points;
        const gain = old === undefined ? 0 : part.points - old;
        return (
          <li key={part.name}>
            <div className="row spread">
              <span>{sayName(part.name)}</span>
              <span className="tabular">
                {gain >= 0.05 && <span className="gain">+{num(gain, 1)}</span>} {num(part.points, 1).replace('-', '−')}
                {part.weight > 0 && <span className="muted"> / {num(part.weight)}</span>}
              </span>
            </div>
            {part.weight > 0 && <Meter value={part.value} label={t('points.of', { name: sayName(part.name), points: num(part.points, 1), most: num(part.weight) })} />}
            <p className="muted small">{part.why}</p>
          </li>
        );
      })}
    </ul>
  );
}

export type Tab = { key: string; title: string; panel: ReactNode };

/** Tabs within a view, with the keys of the ARIA pattern. */
export function Tabs({ label, tabs, chosen, onChoose }: { label: string; tabs: Tab[]; chosen: string; onChoose: (key: string) => void }) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const current = tabs.find((tab) => tab.key === chosen) ?? tabs[0];
  if (!current) return null;
  const move = (step: number) => {
    const index = tabs.indexOf(current);
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (!next) return;
    onChoose(next.key);
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${next.key}`)}`)?.focus();
  };
  return (
    <div className="stack">
      <div className="tabs" role="tablist" aria-label={label} ref={list}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            id={`${id}-${tab.key}`}
            type="button"
            role="tab"
            aria-selected={tab === current}
            aria-controls={`${id}-panel`}
            tabIndex={tab === current ? 0 : -1}
            onClick={() => onChoose(tab.key)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight') move(1);
              if (event.key === 'ArrowLeft') move(-1);
            }}
          >
            {tab.title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current.key}`}>
        {current.panel}
      </div>
    </div>
  );
}
