// Takes somebody out of a team at once, so it is asked for twice.
import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../lib/i18n';
import { Button } from '../../ui/basics';

export function TakeOutButton({ name, busy, onTakeOut }: { name: string; busy: boolean; onTakeOut: () => void }) {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <Button look="quiet" slim aria-label={`${t('team.remove')}: ${name}`} title={t('team.remove')} onClick={() => setAsked(true)}>
        <UserMinus size={16} aria-hidden />
      </Button>
    );
  }
  return (
    <span className="row tight">
      <Button slim disabled={busy} aria-label={`${t('team.remove')}: ${name}`} ref={(node: HTMLButtonElement | null) => node?.focus()} onClick={onTakeOut}>
        {t('team.remove')}
      </Button>
      <Button look="quiet" slim onClick={() => setAsked(false)}>
        {t('keep')}
      </Button>
    </span>
  );
}
