import type { Suggestion } from './queries';
import { num, t } from '../../lib/i18n';

type SuggestionsProps = {
  suggestions: Suggestion[];
  accepted: string[];
  onToggle: (id: string) => void;
  /** The suggestion that the person points at or stands on; `null` when none. */
  onPoint: (suggestion: Suggestion | null) => void;
};

/** Each suggestion with its reason, its evidence and what it adds; those without an edit are questions to the person. */
export function Suggestions({ suggestions, accepted, onToggle, onPoint }: SuggestionsProps) {
  const edits = suggestions.filter((s) => s.edit);
  const questions = suggestions.filter((s) => !s.edit);
  return (
    <div className="stack">
      {edits.length === 0 && <p className="muted">{t('tailor.nothing-to-do')}</p>}
      <ul className="suggestions">
        {edits.map((suggestion) => {
          const taken = accepted.includes(suggestion.id);
          return (
            <li key={suggestion.id} className={taken ? '' : 'refused'}>
              <div role="presentation" onMouseEnter={() => onPoint(suggestion)} onMouseLeave={() => onPoint(null)}>
                <label className="suggestion">
                  <input type="checkbox" checked={taken} onFocus={() => onPoint(suggestion)} onBlur={() => onPoint(null)} onChange={() => onToggle(suggestion.id)} />
                  <span className="suggestion-title">{suggestion.title}</span>
                  {suggestion.delta >= 0.05 && <span className="gain tabular small">+{num(suggestion.delta, 1)}</span>}
                </label>
                <Why suggestion={suggestion} />
              </div>
            </li>
          );
        })}
      </ul>
      {questions.length > 0 && (
        <details className="questions">
          <summary>{t('tailor.questions', { n: questions.length })}</summary>
          <ul className="suggestions">
            {questions.map((suggestion) => (
              <li key={suggestion.id}>
                <p className="suggestion-title">{suggestion.title}</p>
                <Why suggestion={suggestion} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Why({ suggestion }: { suggestion: Suggestion }) {
  const [first, ...rest] = suggestion.evidence;
  return (
    <div className="why small">
      <p className="muted reason">{suggestion.reason}</p>
      {first && <q>{first.quote}</q>}
      {rest.length > 0 && (
        <details>
          <summary>{t('tailor.more-evidence', { n: rest.length })}</summary>
          {rest.map((evidence, index) => (
            <q key={index}>{evidence.quote}</q>
          ))}
        </details>
      )}
    </div>
  );
}
