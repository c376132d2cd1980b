// One field of the résumé: editable in place, quiet about what is sure, plain about what is not.
import { Check } from 'lucide-react';
import { createContext, useContext, useId, useState } from 'react';
import type { Field } from '../../api/client';
import { readDate, showDate } from '../../lib/dates';
import { isDoubtful, sameSource, typed } from '../../lib/fields';
import { Grow } from '../../ui/Grow';
import { useHighlight } from './highlight';
import { t } from '../../lib/i18n';

type EditFieldProps = {
  label: string;
  field: Field | null | undefined;
  placeholder?: string;
  className?: string;
  date?: boolean;
  /** Gets `null` where the person emptied the field. */
  onChange: (field: Field | null) => void;
  /** Where the field can be moved among its neighbours: up by −1, down by 1. */
  onMove?: (step: -1 | 1) => void;
};

/** Whether fields pass on every keystroke, for a preview that follows; else they pass on what was typed when it is done. */
export const LiveContext = createContext(false);

export function EditField({ label, field, placeholder, className = '', date = false, onChange, onMove }: EditFieldProps) {
  const { active, show } = useHighlight();
  const live = useContext(LiveContext);
  const [wrong, setWrong] = useState(false);
  const id = useId();
  const source = field?.source;
  const doubtful = isDoubtful(field);
  const value = field?.value ?? '';

  const commit = (text: string) => {
    const iso = date && text !== '' ? readDate(text) : text;
    setWrong(iso === null);
    if (iso === null || iso === value) return;
    onChange(iso === '' ? null : typed(iso));
  };

  return (
    <span
      role="presentation"
      data-label={label}
      className={`field ${className} ${doubtful ? 'doubtful' : ''} ${sameSource(source, active) ? 'active' : ''}`}
      onMouseEnter={() => source && show(source, false)}
      onMouseLeave={() => show(null, false)}
    >
      <Grow
        label={label}
        value={date ? showDate(value) : value}
        placeholder={placeholder ?? label}
        source={source}
        invalid={wrong}
        describedBy={doubtful || wrong ? id : undefined}
        onCommit={commit}
        // A date is a date only once it is whole, and emptying a field is decided when it is left.
        {...(live && !date && { onInput: (text: string) => text.trim() !== '' && text !== value && onChange(typed(text)) })}
        onFocus={() => show(source ?? null, true)}
        onMove={onMove}
      />
      {doubtful && !wrong && (
        <button
          type="button"
          className="check"
          title={t('resume.confidence', { n: Math.round((field?.confidence ?? 0) * 100) })}
          aria-label={t('resume.confirm', { label })}
          onClick={() => field && onChange({ ...field, confidence: 1 })}
        >
          <Check size={12} aria-hidden />
          <span id={id}>{t('resume.please-check')}</span>
        </button>
      )}
      {wrong && (
        <span id={id} className="field-error">
          {t('resume.date-hint')}
        </span>
      )}
    </span>
  );
}
