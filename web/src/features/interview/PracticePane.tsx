// One question at a time: a clock, the own story to look at afterwards, notes, a rating.
import { Pause, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../../lib/i18n';
import { Button } from '../../ui/basics';
import { QuestionHead, Story } from './QuestionCard';
import type { Practice, Question } from './queries';

const EMPTY: Practice = { note: '', rating: 0, times: 0, seconds: 0 };
const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

type PracticePaneProps = { questions: Question[]; practice: Record<string, Practice>; onChange: (question: string, practice: Practice) => void };

export function PracticePane({ questions, practice, onChange }: PracticePaneProps) {
  const [index, setIndex] = useState(0);
  const question = questions[index];
  if (!question) return null;
  return (
    <div className="stack">
      <div className="row spread wrap">
        <p className="muted">{t('interview.of', { n: index + 1, all: questions.length })}</p>
        <div className="row">
          <Button disabled={index === 0} onClick={() => setIndex(index - 1)}>
            {t('interview.previous')}
          </Button>
          <Button look="primary" disabled={index === questions.length - 1} onClick={() => setIndex(index + 1)}>
            {t('interview.next')}
          </Button>
        </div>
      </div>
      <Try key={question.id} question={question} practice={practice[question.id] ?? EMPTY} onChange={(next) => onChange(question.id, next)} />
    </div>
  );
}

function Try({ question, practice, onChange }: { question: Question; practice: Practice; onChange: (practice: Practice) => void }) {
  const [seconds, setSeconds] = useState(0);
  const [runs, setRuns] = useState(false);
  const [shown, setShown] = useState(false);
  const [note, setNote] = useState(practice.note ?? '');
  // Shown at once; the server keeps it.
  const [rating, setRating] = useState(practice.rating ?? 0);
  const rate = (n: number) => {
    setRating(n);
    onChange({ ...practice, note, rating: n });
  };
  useEffect(() => {
    if (!runs) return;
    const timer = window.setInterval(() => setSeconds((s) => s + 1), 1000);
    return () => window.clearInterval(timer);
  }, [runs]);
  const toggle = () => {
    if (runs) onChange({ ...practice, note, rating, seconds, times: (practice.times ?? 0) + 1 });
    else setSeconds(0);
    setRuns(!runs);
  };
  const late = seconds > question.minutes * 60;
  return (
    <div className="card stack">
      <QuestionHead question={question} />
      <div className="row wrap">
        <Button look={runs ? 'plain' : 'primary'} onClick={toggle}>
          {runs ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />} {runs ? t('interview.stop') : t('interview.start')}
        </Button>
        <span role="timer" className={`clock tabular ${late ? 'late' : ''}`}>
          {clock(seconds)}
        </span>
        <span className="muted small">{t('interview.goal', { n: question.minutes })}</span>
      </div>
      {shown ? (
        <Story question={question} />
      ) : (
        <Button className="show-story" onClick={() => setShown(true)}>
          {t('interview.show')}
        </Button>
      )}
      <label className="stack">
        <span className="small muted">{t('interview.notes')}</span>
        <textarea className="textarea" rows={4} maxLength={5000} value={note} onChange={(event) => setNote(event.target.value)} onBlur={() => note !== practice.note && onChange({ ...practice, rating, note })} />
      </label>
      <fieldset className="rating row">
        <legend className="small muted">{t('interview.rating')}</legend>
        {[1, 2, 3, 4, 5].map((n) => (
          <label key={n} className={`chip ${rating === n ? 'accent' : ''}`}>
            <input type="radio" name={`rating-${question.id}`} className="hidden-visually" checked={rating === n} onChange={() => rate(n)} aria-label={t('interview.stars', { n })} />
            {n}
          </label>
        ))}
      </fieldset>
    </div>
  );
}
