import { useEffect } from 'react';

/** Names the browser's tab. */
export function useTitle(title: string | null | undefined) {
  useEffect(() => {
    document.title = title ? `${title} · Bespoke` : 'Bespoke';
  }, [title]);
}
