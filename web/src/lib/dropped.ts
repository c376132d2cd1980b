// Files that are dropped on any page: noticed while they are held over it, and handed to the page that sends them.
import { useEffect, useRef, useState } from 'react';

let waiting: File[] = [];

/** Keeps files for the page that takes them next. */
export function handOver(files: File[]) {
  waiting = files;
}

/** The files that were handed over, once. */
export function takeHandedOver(): File[] {
  const files = waiting;
  waiting = [];
  return files;
}

/** Takes files that are dropped anywhere on the page; true while some are held over it. With `null` it takes none. */
export function useDropAnywhere(take: ((files: File[]) => void) | null): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  const takes = take !== null;
  useEffect(() => {
    if (!takes) return;
    const hold = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    // Leaving the window has no element that is entered.
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      // What moves within the page is no file.
      if (files.length === 0) return;
      event.preventDefault();
      latest.current?.(files);
    };
    window.addEventListener('dragover', hold);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      setOver(false);
      window.removeEventListener('dragover', hold);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [takes]);
  return over;
}
