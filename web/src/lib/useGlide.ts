// Lets the items of a list glide to their new places when their order changes, unless the person wants no motion.
import type { RefObject } from 'react';
import { useLayoutEffect, useRef } from 'react';

const GLIDE_MS = 280;

/** `order`: the keys of the items as they stand now; every item carries its key as `data-key`. */
export function useGlide(list: RefObject<HTMLElement | null>, order: string) {
  const places = useRef(new Map<string, { left: number; top: number }>());
  useLayoutEffect(() => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[data-key]') ?? [])];
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const before = places.current;
    places.current = new Map();
    for (const item of items) {
      const key = item.dataset.key ?? '';
      // Places within the list: scrolling it moves nothing.
      const now = { left: item.offsetLeft, top: item.offsetTop };
      places.current.set(key, now);
      const was = before.get(key);
      if (still || !was || (was.left === now.left && was.top === now.top)) continue;
      item.animate([{ transform: `translate(${was.left - now.left}px, ${was.top - now.top}px)` }, { transform: 'none' }], { duration: GLIDE_MS, easing: 'ease-out' });
    }
  }, [list, order]);
}
