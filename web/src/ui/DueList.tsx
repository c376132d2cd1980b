// What is due on the board of applications: reminders, and postings that close soon. Nothing where nothing is.
import './due.css';
import { BellRing } from 'lucide-react';
import { useId } from 'react';
import { Link } from 'react-router';
import { useDue } from '../api/queries';
import { t } from '../lib/i18n';
import { sayDay, today } from '../lib/words';
import { Chip } from './basics';

/** `onOpen` opens an application in place; without it, each leads to the board. */
export function DueList({ onOpen }: { onOpen?: ((applicationId: string) => void) | undefined }) {
  const due = useDue();
  const id = useId();
  if (!due.data?.length) return null;
  const now = today();
  return (
    <section className="card stack due" aria-labelledby={id}>
      <h2 id={id} className="row tight">
        <BellRing size={17} aria-hidden /> {t('due.title')}
      </h2>
      <ul>
        {due.data.map((one) => {
          const job = [one.title, one.company].filter(Boolean).join(' · ');
          return (
            <li key={one.kind + one.application_id} className="row spread wrap">
              <span>
                {onOpen ? (
                  <button type="button" className="link" onClick={() => onOpen(one.application_id)}>
                    {job}
                  </button>
                ) : (
                  <Link to="/applications">{job}</Link>
                )}
                <span className="muted small"> {t(one.kind === 'closes' && one.overdue ? 'due.closed' : `due.${one.kind}`)}</span>
              </span>
              <Chip tone={one.overdue ? 'bad' : 'warn'}>{one.day === now ? t('due.today') : sayDay(one.day)}</Chip>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
