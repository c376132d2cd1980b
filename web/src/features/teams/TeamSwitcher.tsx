// Which workspace the page is about, and the way into the others.
import './teams.css';
import { Check, ChevronDown, UsersRound } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTeam, useTeams } from '../../api/queries';
import { t } from '../../lib/i18n';
import { TEAM, teamAddress } from '../../lib/team';

/** Nothing for those who are in no team. */
export function TeamSwitcher() {
  const teams = useTeams();
  const team = useTeam();
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const menu = box.current;
      if (!menu?.open) return;
      if (event instanceof KeyboardEvent && event.key === 'Escape') {
        menu.open = false;
        menu.querySelector('summary')?.focus();
      } else if (event.type !== 'keydown' && !(event.target instanceof Node && menu.contains(event.target))) {
        menu.open = false;
      }
    };
    const events = ['pointerdown', 'focusin', 'keydown'] as const;
    for (const name of events) window.addEventListener(name, close);
    return () => {
      for (const name of events) window.removeEventListener(name, close);
    };
  }, []);
  if (TEAM === undefined && !teams.data?.length) return null;
  const here = team.data?.name ?? t('team.own');
  // Links that load the page anew: nothing of one workspace stays in the memory of another.
  const link = (id: string | undefined, name: string, about: string) => (
    <li key={id ?? 'own'}>
      <a href={id === undefined ? '/' : teamAddress(id)} aria-current={id === TEAM ? 'true' : undefined}>
        <span>
          <strong>{name}</strong>
          <span className="muted small">{about}</span>
        </span>
        {id === TEAM && <Check size={16} aria-hidden />}
      </a>
    </li>
  );
  return (
    <details className="team-switcher" ref={box}>
      <summary className="button quiet">
        <UsersRound size={17} aria-hidden />
        <span className="hidden-visually">{t('team.switch')}: </span>
        <span className="team-here">{here}</span>
        <ChevronDown size={14} aria-hidden />
      </summary>
      <ul className="card">
        {link(undefined, t('team.own'), TEAM === undefined ? t('team.here') : '')}
        {teams.data?.map(({ id, name, role }) => link(id, name, t('teams.you-are', { role: t(`team.role.${role}`) })))}
        <li>
          <a href="/settings#settings-teams" className="muted">
            {t('team.manage')}
          </a>
        </li>
      </ul>
    </details>
  );
}
