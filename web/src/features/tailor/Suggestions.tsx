import type { KeyboardEvent } from 'react';
import { useRef, useState } from 'react';
import { num, t } from '../../lib/i18n';
import { ByModel } from '../../ui/AskModel';
import { Button } from '../../ui/basics';
import type { Suggestion } from './queries';
import type { Tool } from './tools';
import { TOOLS, toolOf } from './tools';

/** Keys that answer the suggestion that the person stands on. */
const TAKE = 'a';
const REFUSE = 'r';

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
  const list = useRef<HTMLUListElement>(null);

  /** Walks through the suggestions, and takes or refuses the one that the person stands on. */
  const press = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLInputElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    const boxes = [...(list.current?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? [])];
    const at = boxes.indexOf(event.target);
    const suggestion = edits[at];
    if (!suggestion) return;
    const key = event.key.toLowerCase();
    const step = key === 'arrowdown' || key === 'j' ? 1 : key === 'arrowup' || key === 'k' ? -1 : 0;
    if (step !== 0) boxes[at + step]?.focus();
    else if (key === TAKE || key === REFUSE) {
      if (accepted.includes(suggestion.id) !== (key === TAKE)) onToggle(suggestion.id);
      boxes[at + 1]?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <div className="stack">
      <Toolbox suggestions={suggestions} chosen={tool} onChoose={setTool} />
      {edits.length === 0 && questions.length === 0 && <p className="muted">{t('tailor.nothing-to-do')}</p>}
      {edits.length > 0 && (
        <p className="muted small keys-hint" id="suggestion-keys">
          <kbd>↑</kbd> <kbd>↓</kbd> {t('tailor.keys.walk')} <kbd>{TAKE.toUpperCase()}</kbd> {t('tailor.keys.take')} <kbd>{REFUSE.toUpperCase()}</kbd> {t('tailor.keys.refuse')}
        </p>
      )}
      {/* The keys are those of the checkboxes in it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul className="suggestions" ref={list} onKeyDown={press}>
        {edits.map((suggestion) => {
          const taken = accepted.includes(suggestion.id);
          return (
            <li key={suggestion.id} className={taken ? '' : 'refused'}>
              <div role="presentation" onMouseEnter={() => onPoint(suggestion)} onMouseLeave={() => onPoint(null)}>
                <label className="suggestion">
                  <input type="checkbox" checked={taken} aria-keyshortcuts="A R ArrowUp ArrowDown" onFocus={() => onPoint(suggestion)} onBlur={() => onPoint(null)} onChange={() => onToggle(suggestion.id)} />
                  <span className="suggestion-title">
                    {suggestion.title}
                    {suggestion.author === 'model' && <ByModel />}
                  </span>
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

/** The reason of a suggestion, and what backs it. */
export function Why({ suggestion }: { suggestion: Suggestion }) {
  const [first, ...rest] = suggestion.evidence;
  return (
    <div className="why small">
      {suggestion.author === 'model' && suggestion.edit?.kind === 'replace-text' ? (
        <p className="reason worded">{suggestion.edit.after}</p>
      ) : (
        <p className="muted reason">{suggestion.reason}</p>
      )}
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
