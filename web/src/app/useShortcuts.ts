// Keys that work everywhere, save while something is typed.
import { useEffect, useRef } from 'react';

/** Time within which the second of two keys counts. */
const PAIR_MS = 1200;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio], [type=range]), textarea, select'));

/** Runs what `keys` names: "?" or "g r"; "Control+K" also while something is typed. */
export function useShortcuts(keys: Record<string, () => void>) {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let before = { key: '', at: 0 };
    const press = (event: KeyboardEvent) => {
      const control = event.ctrlKey || event.metaKey;
      const run = (name: string) => {
        const action = latest.current[name];
        if (!action) return false;
        event.preventDefault();
        action();
        return true;
      };
      if (control && !event.altKey && !event.shiftKey) {
        run(`Control+${event.key.toUpperCase()}`);
        return;
      }
      if (control || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) return;
      const pair = event.timeStamp - before.at < PAIR_MS ? `${before.key} ${event.key}` : '';
      before = { key: event.key, at: event.timeStamp };
      if (!run(pair)) run(event.key);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
