// A dialogue over the page, of the browser's own kind: the focus stays in it, Escape closes it.
import type { ReactNode } from 'react';
import { useEffect, useId, useRef } from 'react';
import { X } from 'lucide-react';
import { t } from '../lib/i18n';
import { Button } from './basics';

type DialogProps = {
  title: string;
  className?: string;
  /** Where it cannot be closed without a choice, there is no way to close it. */
  onClose?: () => void;
  hideTitle?: boolean;
  children: ReactNode;
};

export function Dialog({ title, className = '', onClose, hideTitle = false, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    // A click beside the dialogue closes it; the keyboard has Escape.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClick={(event) => event.target === dialog.current && onClose?.()}
    >
      <div className="dialog-body stack">
        <div className={hideTitle ? 'hidden-visually' : 'row spread'}>
          <h2 id={id}>{title}</h2>
          {onClose && !hideTitle && (
            <Button look="quiet" slim aria-label={t('close')} onClick={onClose}>
              <X size={16} aria-hidden />
            </Button>
          )}
        </div>
        {children}
      </div>
    </dialog>
  );
}
