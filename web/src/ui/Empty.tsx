// What stands where there is nothing yet: what will be here, and how it comes here.
import './empty.css';
import type { ReactNode } from 'react';

type EmptyProps = { icon: ReactNode; title: string; /** What can be done about it. */ children?: ReactNode };

export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <section className="empty">
      <span className="empty-mark" aria-hidden>
        {icon}
      </span>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
