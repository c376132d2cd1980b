// All commands in one list, found by typing; and the sheet of shortcuts.
import { useId, useState } from 'react';
import { t } from '../lib/i18n';
import { Dialog } from '../ui/Dialog';
import type { Command } from './commands';
import { findCommands } from './commands';

type PaletteProps = { commands: Command[]; onClose: () => void };

export function Palette({ commands, onClose }: PaletteProps) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const found = findCommands(commands, typed);
  const chosen = found[Math.min(at, found.length - 1)];
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const optionId = (command: Command) => `${id}-${command.id}`;
  const step = (by: number) => {
    const next = (at + by + found.length) % Math.max(1, found.length);
    setAt(next);
    const command = found[next];
    if (command) document.getElementById(optionId(command))?.scrollIntoView({ block: 'nearest' });
  };
  const groups = [...new Set(found.map((command) => command.group))];
  return (
    <Dialog title={t('palette.title')} hideTitle className="palette" onClose={onClose}>
      <input
        className="input palette-input"
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen ? optionId(chosen) : undefined}
        aria-label={t('palette.find')}
        placeholder={t('palette.find')}
        autoComplete="off"
        // The dialogue was opened to type here.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') step(1);
          else if (event.key === 'ArrowUp') step(-1);
          else if (event.key === 'Enter') run(chosen);
          else return;
          event.preventDefault();
        }}
      />
      {found.length === 0 && (
        <p className="muted" role="status">
          {t('palette.nothing')}
        </p>
      )}
      <div id={`${id}-list`} role="listbox" aria-label={t('palette.title')} className="palette-list">
        {groups.map((group) => (
          <div key={group} role="group" aria-label={group}>
            <p className="muted small" aria-hidden>
              {group}
            </p>
            {found
              .filter((command) => command.group === group)
              .map((command) => (
                // The input has the focus and its arrow keys; the pointer has the click.
                // eslint-disable-next-line jsx-a11y/click-events-have-key-events
                <div
                  key={command.id}
                  id={optionId(command)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={command === chosen}
                  className="palette-option"
                  onClick={() => run(command)}
                  onMouseMove={() => setAt(found.indexOf(command))}
                >
                  <span>{command.title}</span>
                  {command.keys && <Keys keys={command.keys} />}
                </div>
              ))}
          </div>
        ))}
      </div>
    </Dialog>
  );
}

/** Keys as caps: "g r" is one after the other, "Ctrl+K" together. */
function Keys({ keys }: { keys: string }) {
  return (
    <span className="keys">
      {keys.split(' ').map((key, index) => (
        <kbd key={index}>{key}</kbd>
      ))}
    </span>
  );
}

const SHEET = [
  ['Ctrl+K', 'shortcuts.palette'],
  ['?', 'shortcuts.sheet'],
  ['g r', 'shortcuts.home'],
  ['g a', 'shortcuts.board'],
  ['1 – 6', 'shortcuts.views'],
  ['Alt+↑ Alt+↓', 'shortcuts.move'],
  ['Enter', 'shortcuts.keep'],
  ['Esc', 'shortcuts.discard'],
  ['Ctrl+Z Ctrl+Shift+Z', 'shortcuts.undo'],
] as const;

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose}>
      <dl className="shortcut-sheet">
        {SHEET.map(([keys, what]) => (
          <div key={what}>
            <dt>
              <Keys keys={keys} />
            </dt>
            <dd>{t(what)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
