import { useState } from 'react';
import { num, t } from '../../lib/i18n';
import { Button } from '../../ui/basics';
import type { Suggestion } from './queries';
import type { Tool } from './tools';
import { TOOLS, toolOf } from './tools';

type SuggestionsProps = {
  suggestions: Suggestion[];
  accepted: string[];
  onToggle: (id: string) => void;
  /** The suggestion that the person points at or stands on; `null` when none. */
  onPoint: (suggestion: Suggestion | null) => void;
  /** Leads to where a question is answered. */
  onAnswer: (suggestion: Suggestion) => void;
};

/** Each suggestion with its reason, its evidence and what it adds; those without an edit are questions to the person. */
export function Suggestions({ suggestions, accepted, onToggle, onPoint, onAnswer }: SuggestionsProps) {
  const [tool, setTool] = useState<Tool | null>(null);
  const shown = tool ? suggestions.filter((s) => toolOf(s) === tool) : suggestions;
  const edits = shown.filter((s) => s.edit);
  const questions = shown.filter((s) => !s.edit);
  return (
    <div className="stack">
      <Toolbox suggestions={suggestions} chosen={tool} onChoose={setTool} />
      {edits.length === 0 && questions.length === 0 && <p className="muted">{t('tailor.nothing-to-do')}</p>}
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
        <details className="questions" open={tool !== null || edits.length === 0}>
          <summary>{t('tailor.questions', { n: questions.length })}</summary>
          <ul className="suggestions">
            {questions.map((suggestion) => (
              <li key={suggestion.id}>
                <p className="suggestion-title">{suggestion.title}</p>
                <Why suggestion={suggestion} />
                <button type="button" className="link small" onClick={() => onAnswer(suggestion)}>
                  {t('tailor.answer')}
                  <span className="hidden-visually">: {suggestion.title}</span>
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** One tool at a time: only what it would do is shown. */
function Toolbox({ suggestions, chosen, onChoose }: { suggestions: Suggestion[]; chosen: Tool | null; onChoose: (tool: Tool | null) => void }) {
  const there = TOOLS.map((tool) => ({ tool, n: suggestions.filter((one) => toolOf(one) === tool).length })).filter(({ n }) => n > 0);
  if (there.length < 2) return null;
  return (
    <div className="toolbox" role="group" aria-label={t('tool.title')}>
      {there.map(({ tool, n }) => (
        <Button key={tool} slim aria-pressed={chosen === tool} onClick={() => onChoose(chosen === tool ? null : tool)}>
          {t(`tool.${tool}`)} <span className="muted tabular">{n}</span>
        </Button>
      ))}
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
