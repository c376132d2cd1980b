// A text field that reads like text until it is touched, and is as high as what stands in it.
import { useContext, useRef, useState } from 'react';
import type { Source } from '../api/client';
import { ReadOnlyContext } from './ReadOnly';

type GrowProps = {
  label: string;
  value: string;
  placeholder?: string;
  className?: string;
  source?: Source | null | undefined;
  invalid?: boolean;
  describedBy?: string | undefined;
  onCommit: (value: string) => void;
  /** Every keystroke, before it is committed. */
  onInput?: (value: string) => void;
  onFocus?: () => void;
  /** Alt with an arrow key: up by −1, down by 1. What was typed is committed before. */
  onMove?: ((step: -1 | 1) => void) | undefined;
};

/** Commits on leaving and on Enter; Escape takes back what was typed. */
export function Grow({ label, value, placeholder, className = '', invalid, describedBy, onCommit, onInput, onFocus, onMove, source }: GrowProps) {
  const [draft, setDraft] = useState(value);
  const readOnly = useContext(ReadOnlyContext);
  const cancelled = useRef(false);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setDraft(value);
  }
  const mark = source ? `${source.page}:${source.start}` : undefined;
  return (
    <div className={`grow ${className}`} data-value={draft || placeholder || ''}>
      <textarea
        rows={1}
        readOnly={readOnly}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        data-source={mark}
        placeholder={placeholder}
        value={draft}
        aria-keyshortcuts={onMove && 'Alt+ArrowUp Alt+ArrowDown'}
        spellCheck
        onFocus={onFocus}
        onChange={(event) => {
          const text = event.target.value.replaceAll('\n', ' ');
          setDraft(text);
          onInput?.(text);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            cancelled.current = true;
            setDraft(value);
            event.currentTarget.blur();
          }
          if (onMove && !readOnly && event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
            event.preventDefault();
            if (draft.trim() !== '' && draft.trim() !== value) onCommit(draft.trim());
            onMove(event.key === 'ArrowUp' ? -1 : 1);
          }
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault();
            event.currentTarget.blur();
          }
        }}
        onBlur={() => {
          if (!cancelled.current && draft.trim() !== value) onCommit(draft.trim());
          cancelled.current = false;
        }}
      />
    </div>
  );
}
