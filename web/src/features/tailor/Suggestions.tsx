import type { Suggestion } from './queries';

type SuggestionsProps = { suggestions: Suggestion[]; accepted: string[]; onToggle: (id: string) => void };

/** Each suggestion with its reason, its evidence and what it adds; those without an edit are questions to the person. */
export function Suggestions({ suggestions, accepted, onToggle }: SuggestionsProps) {
  const edits = suggestions.filter((s) => s.edit);
  const questions = suggestions.filter((s) => !s.edit);
  return (
    <div className="stack">
      {edits.length === 0 && <p className="muted">There is nothing to change: your résumé already says what this job asks for, as far as it can.</p>}
      <ul className="suggestions">
        {edits.map((suggestion) => (
          <li key={suggestion.id}>
            <label className="suggestion">
              <input type="checkbox" checked={accepted.includes(suggestion.id)} onChange={() => onToggle(suggestion.id)} />
              <span className="suggestion-title">
                {suggestion.title}
                {suggestion.delta >= 0.05 && <span className="gain tabular"> +{suggestion.delta.toFixed(1)}</span>}
              </span>
            </label>
            <Why suggestion={suggestion} />
          </li>
        ))}
      </ul>
      {questions.length > 0 && (
        <details className="questions">
          <summary>For you to answer ({questions.length})</summary>
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
  return (
    <div className="why small">
      <p className="muted reason">{suggestion.reason}</p>
      {suggestion.evidence.length > 0 && (
        <details>
          <summary>Evidence</summary>
          <ul>
            {suggestion.evidence.map((evidence, index) => (
              <li key={index}>
                <q>{evidence.quote}</q>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
