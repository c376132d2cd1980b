// Short messages in the corner, with one action ("Undo").
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { Button } from './basics';
import { t } from '../lib/i18n';
import { asSentence } from '../lib/words';

type Toast = { id: number; text: string; key?: string | undefined; action?: { title: string; run: () => void } };
/** A message with a `key` takes the place of an earlier one with the same. */
type Say = (text: string, action?: Toast['action'], key?: string) => void;

const Context = createContext<Say>(() => undefined);
export const useToast = () => useContext(Context);

const SHOWN_MS = 8000;
/** What can be taken back is offered for longer. */
const OFFERED_MS = 20_000;

export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const next = useRef(0);
  const close = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const say = useCallback<Say>(
    (text, action, key) => {
      const id = next.current++;
      setToasts((all) => [...all.filter((toast) => !key || toast.key !== key).slice(-2), action ? { id, text, key, action } : { id, text, key }]);
      window.setTimeout(() => close(id), action ? OFFERED_MS : SHOWN_MS);
    },
    [close],
  );
  return (
    <Context value={useMemo(() => say, [say])}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div className="toast" key={toast.id}>
            <span>{asSentence(toast.text)}</span>
            {toast.action && (
              <Button
                slim
                onClick={() => {
                  toast.action?.run();
                  close(toast.id);
                }}
              >
                {toast.action.title}
              </Button>
            )}
            <Button look="quiet" slim aria-label={t('message.close')} onClick={() => close(toast.id)}>
              <X size={14} aria-hidden />
            </Button>
          </div>
        ))}
      </div>
    </Context>
  );
}
