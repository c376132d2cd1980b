// A labelled line of a form.
import type { ComponentProps } from 'react';
import { useId } from 'react';

type InputProps = Omit<ComponentProps<'input'>, 'id' | 'className'> & { name: string; label: string };

/** `required` unless it is said otherwise. */
export function Input({ label, required = true, ...rest }: InputProps) {
  const id = useId();
  return (
    <label htmlFor={id} className="labelled">
      <span className="small muted">{label}</span>
      <input id={id} className="input" required={required} {...rest} />
    </label>
  );
}
