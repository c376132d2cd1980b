import type { SubmitEvent } from 'react';

/** Stops the browser from sending a form; gives its texts by name, '' where there is none. */
export function submitted(event: SubmitEvent<HTMLFormElement>): (name: string) => string {
  event.preventDefault();
  const form = new FormData(event.currentTarget);
  return (name) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
}
