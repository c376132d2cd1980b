// A question, why it may come, and the person's own story in four parts with its holes.
import { t } from '../../lib/i18n';
import { Chip } from '../../ui/basics';
import type { Question } from './queries';

const PARTS = ['situation', 'task', 'action', 'result'] as const;

export function Story({ question }: { question: Question }) {
  return (
    <div className="stack">
      {question.outlines.map((outline, index) => (
        <dl key={index} className="star">
          {PARTS.map((part) => (
            <div key={part}>
              <dt>{t(`interview.${part}`)}</dt>
              <dd>
                {outline[part].text} {outline[part].hole && <em className="hole">{outline[part].hole}</em>}
              </dd>
            </div>
          ))}
        </dl>
      ))}
      {(question.facts?.length ?? 0) > 0 && (
        <div className="small">
          <span className="muted">{t('interview.about')}</span>
          <ul>
            {question.facts?.map((fact, index) => (
              <li key={index}>{fact.quote}</li>
            ))}
          </ul>
        </div>
      )}
      {question.outlines.length === 0 && (question.kind === 'behavioural' || question.kind === 'situational' || question.kind === 'technical') && (
        <p className="small muted">{t('interview.no-story')}</p>
      )}
    </div>
  );
}

export function QuestionHead({ question }: { question: Question }) {
  return (
    <>
      <Chip>{t(`interview.kind.${question.kind}`)}</Chip>
      <h3>{question.text}</h3>
      <p className="small muted">
        {question.why} {question.advice}
      </p>
    </>
  );
}
