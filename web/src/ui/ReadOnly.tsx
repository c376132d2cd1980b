// What somebody may only read: in a team, editing is for its editors and owners.
import { Eye } from 'lucide-react';
import type { ReactNode } from 'react';
import { createContext } from 'react';
import { useMay } from '../api/queries';
import { t } from '../lib/i18n';

/** Whether fields only show what stands in them. */
export const ReadOnlyContext = createContext(false);

/** Fields that can be read and walked through, and changed by those who may; the buttons among them are hidden else. */
export function ReadOnly({ children }: { children: ReactNode }) {
  if (useMay().edit) return children;
  return (
    <ReadOnlyContext value>
      <div className="read-only">{children}</div>
    </ReadOnlyContext>
  );
}

/** A form that is out of use for those who may not change anything. */
export function Locked({ children }: { children: ReactNode }) {
  if (useMay().edit) return children;
  return (
    <fieldset className="locked" disabled>
      <legend className="muted small">
        <WhyNot />
      </legend>
      {children}
    </fieldset>
  );
}

/** Says why there is nothing to change here. */
export function WhyNot() {
  const { role } = useMay();
  return (
    <span className="row tight">
      <Eye size={14} aria-hidden /> {t('team.only-read', { role: t(`team.role.${role}`) })}
    </span>
  );
}
