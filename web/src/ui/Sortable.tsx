// A list whose items are put in another order by dragging their handle, or by the arrow keys while the handle has the
// focus. The list itself is the caller's: it is told from where to where.
import { GripVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { t } from '../lib/i18n';

type SortableProps<T> = {
  items: readonly T[];
  idOf: (item: T) => string;
  nameOf: (item: T, index: number) => string;
  onMove: (from: number, to: number) => void;
  className?: string;
  /** Draws an item; `handle` belongs into it. */
  children: (item: T, index: number, handle: ReactNode) => ReactNode;
};

type Drag = { id: string; from: number; to: number; offset: number; heights: number[]; tops: number[]; startY: number };

/** Pixels from the edge of the window within which dragging scrolls it. */
const EDGE = 60;
/** Pixels by which it scrolls for each move of the pointer. */
const SCROLL_STEP = 14;

export function Sortable<T>({ items, idOf, nameOf, onMove, className = '', children }: SortableProps<T>) {
  const root = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const [focusOn, setFocusOn] = useState<string | null>(null);

  // A moved element loses the focus in some browsers: give it back once it stands in its new place.
  useEffect(() => {
    if (focusOn === null) return;
    root.current?.querySelector<HTMLElement>(`:scope > [data-sort="${CSS.escape(focusOn)}"] .grip`)?.focus();
  }, [focusOn, items]);

  const begin = (id: string, from: number, y: number) => {
    const boxes = [...(root.current?.children ?? [])].map((child) => child.getBoundingClientRect());
    setDrag({
      id,
      from,
      to: from,
      offset: 0,
      startY: y + window.scrollY,
      heights: boxes.map((box) => box.height),
      tops: boxes.map((box) => box.top + window.scrollY),
    });
  };
  const follow = (y: number) => {
    if (!drag) return;
    if (y < EDGE) window.scrollBy(0, -SCROLL_STEP);
    if (y > window.innerHeight - EDGE) window.scrollBy(0, SCROLL_STEP);
    const offset = y + window.scrollY - drag.startY;
    const [top, height] = [(drag.tops[drag.from] ?? 0) + offset, drag.heights[drag.from] ?? 0];
    let to = drag.from;
    drag.tops.forEach((itemTop, index) => {
      const middle = itemTop + (drag.heights[index] ?? 0) / 2;
      if (index > drag.from && top + height > middle) to = Math.max(to, index);
      if (index < drag.from && top < middle) to = Math.min(to, index);
    });
    setDrag({ ...drag, offset, to });
  };
  const drop = (keep: boolean) => {
    if (keep && drag && drag.to !== drag.from) onMove(drag.from, drag.to);
    setDrag(null);
  };
  /** How far an item makes room for the one that is dragged. */
  const shift = (index: number): number => {
    if (!drag) return 0;
    if (index === drag.from) return drag.offset;
    const height = drag.heights[drag.from] ?? 0;
    if (index > drag.from && index <= drag.to) return -height;
    if (index < drag.from && index >= drag.to) return height;
    return 0;
  };

  return (
    <div ref={root} className={`sortable ${drag ? 'dragging' : ''} ${className}`}>
      {items.map((item, index) => {
        const id = idOf(item);
        const name = t('sort.handle', { what: nameOf(item, index) });
        const handle = items.length > 1 && (
          <button
            type="button"
            className="grip"
            aria-label={name}
            title={name}
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              begin(id, index, event.clientY);
            }}
            onPointerMove={(event) => drag?.id === id && follow(event.clientY)}
            onPointerUp={() => drag?.id === id && drop(true)}
            onPointerCancel={() => drop(false)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') drop(false);
              const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
              if (step === 0) return;
              event.preventDefault();
              const to = index + step;
              if (to < 0 || to >= items.length) return;
              setFocusOn(id);
              onMove(index, to);
            }}
            onBlur={() => setFocusOn(null)}
          >
            <GripVertical size={16} aria-hidden />
          </button>
        );
        const moved = shift(index);
        return (
          <div key={id} data-sort={id} className={`sortable-item ${drag?.id === id ? 'lifted' : ''}`} style={moved === 0 ? undefined : { transform: `translateY(${moved}px)` }}>
            {children(item, index, handle)}
          </div>
        );
      })}
    </div>
  );
}
