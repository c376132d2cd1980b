// One opening: what it is, how well it fits and why, and what can be done with it.
import { Columns3, ExternalLink, Send } from 'lucide-react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { useAddApplication, useApplications, useMay } from '../../api/queries';
import { language, t } from '../../lib/i18n';
import { sayDay } from '../../lib/words';
import { Button, Chip, ScoreBar } from '../../ui/basics';
import { useToast } from '../../ui/Toasts';
import type { Opening } from './queries';

type OpeningCardProps = { ranked: Schemas['Ranked']; resumeId: string; onTailor: (job: string) => void; onApply: () => void };

/** "£31,000 – £38,500 a year". */
function sayPay({ min, max, currency, per, estimated }: Schemas['Pay']): string {
  const money = new Intl.NumberFormat(language() === 'en' ? 'en-GB' : language(), { style: 'currency', currency: currency || 'USD', maximumFractionDigits: per === 'hour' ? 2 : 0 });
  const ends = [...new Set([min, max].filter((n): n is number => typeof n === 'number'))];
  const said = t(`openings.pay.${per}`, { amount: ends.map((n) => money.format(n)).join(' – ') });
  return estimated ? t('openings.pay.estimated', { amount: said }) : said;
}

export function OpeningCard({ ranked: { opening, score, have, lack }, resumeId, onTailor, onApply }: OpeningCardProps) {
  const may = useMay();
  const match = t('openings.match', { n: Math.round(score.total) });
  const facts = [opening.company, opening.location, opening.remote ? t('openings.remote') : null, opening.pay ? sayPay(opening.pay) : null, opening.closes ? t('openings.closes', { day: sayDay(opening.closes) }) : null];
  return (
    <li className="card stack">
      <div className="row spread wrap">
        <div>
          <h3>{opening.title}</h3>
          <p className="muted small">{facts.filter(Boolean).join(' · ')}</p>
        </div>
        <Chip tone="good">{match}</Chip>
      </div>
      <ScoreBar score={score} label={match} />
      {have.length > 0 && (
        <p className="small">
          <strong>{t('openings.have')}:</strong> {have.join(', ')}
        </p>
      )}
      {lack.length > 0 && (
        <p className="small">
          <strong>{t('openings.lack')}:</strong> {lack.join(', ')}
        </p>
      )}
      <div className="row wrap">
        <Button onClick={() => onTailor([opening.title, opening.company ? `Company: ${opening.company}` : '', opening.text].filter(Boolean).join('\n\n'))}>{t('openings.tailor')}</Button>
        {may.edit && (
          <>
            <Button onClick={onApply}>
              <Send size={15} aria-hidden /> {t('openings.apply')}
            </Button>
            <SaveOpening opening={opening} resumeId={resumeId} />
          </>
        )}
        {/^https?:\/\//.test(opening.url) && (
          <a className="button quiet" href={opening.url} target="_blank" rel="noreferrer noopener">
            <ExternalLink size={15} aria-hidden /> {t('openings.open')}
          </a>
        )}
      </div>
    </li>
  );
}

/** Puts an opening on the board with its closing day, or says where it stands there. */
function SaveOpening({ opening, resumeId }: { opening: Opening; resumeId: string }) {
  const applications = useApplications();
  const add = useAddApplication();
  const say = useToast();
  const known = applications.data?.find((application) => application.link === opening.url);
  if (known) {
    return (
      <Link to="/applications" className="button quiet">
        <Columns3 size={15} aria-hidden /> {t('board.on-board', { stage: t(`board.stage.${known.stage}`) })}
      </Link>
    );
  }
  const save = () =>
    add.mutate(
      { stage: 'saved', title: opening.title, company: opening.company ?? '', link: opening.url, notes: '', closes: opening.closes, resume_id: resumeId },
      { onSuccess: () => say(t('board.saved', { job: opening.title })), onError: (error) => say(error.message) },
    );
  return (
    <Button look="quiet" disabled={add.isPending || !applications.data} onClick={save}>
      <Columns3 size={15} aria-hidden /> {t('openings.save')}
    </Button>
  );
}
