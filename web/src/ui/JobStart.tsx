// Where something begins with a job: the form for a new one beside what was made for earlier ones.
import './job-start.css';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../lib/i18n';
import { sayWhen } from '../lib/words';
import { Loading, ProblemCard } from './basics';
import { DeleteButton } from './DeleteButton';
import { Locked } from './ReadOnly';

type Earlier = { id: string; title?: string | null; company?: string | null; created_at: string };

type JobStartProps<T extends Earlier> = {
  lead: string;
  /** What the earlier ones are called, and what stands there when there are none. */
  before: string;
  none: string;
  list: UseQueryResult<T[]>;
  pathOf: (one: T) => string;
  /** What is said of one beside the company and when it was made. */
  factOf?: (one: T) => string;
  onDelete: (id: string) => void;
  children: ReactNode;
};

export function JobStart<T extends Earlier>({ lead, before, none, list, pathOf, factOf, onDelete, children }: JobStartProps<T>) {
  return (
    <div className="job-start">
      <div className="stack">
        <p className="muted">{lead}</p>
        <Locked>{children}</Locked>
      </div>
      <section className="stack">
        <h2>{before}</h2>
        {list.isPending && <Loading what={before} />}
        {list.isError && <ProblemCard error={list.error} />}
        {list.data?.length === 0 && <p className="muted">{none}</p>}
        <ul className="stack">
          {list.data?.map((one) => {
            const title = one.title ?? t('career.untitled');
            return (
              <li key={one.id} className="row">
                <Link className="card earlier-job" to={pathOf(one)}>
                  <strong>{title}</strong>
                  <span className="muted small">{[one.company, sayWhen(one.created_at), factOf?.(one)].filter(Boolean).join(' · ')}</span>
                </Link>
                <DeleteButton label={`${t('career.delete')}: ${title}`} onDelete={() => onDelete(one.id)} />
              </li>
            );
          })}
        </ul>
      </section>
    </div>
  );
}
