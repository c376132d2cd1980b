// Which roles fit, and why: a carousel of them, and beneath it the reasons of the chosen one.
import './roles.css';
import { useCallback, useDeferredValue, useId, useState } from 'react';
import type { Schemas } from '../../api/client';
import { t, tn } from '../../lib/i18n';
import { USUAL_BLEND, usePreference } from '../../lib/preferences';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { BlendRange } from '../../ui/BlendRange';
import { useToast } from '../../ui/Toasts';
import { RoleStrip } from './RoleStrip';
import { RoleWhy } from './RoleWhy';
import { useLearned, useMarkRole, useRoleMarks, useRoles } from './queries';

type RolesViewProps = { resumeId: string; onTailor: (role: string) => void };
type Mark = Schemas['Mark'];

export function RolesView({ resumeId, onTailor }: RolesViewProps) {
  const learned = useLearned();
  const usual = learned.data?.blend ?? USUAL_BLEND;
  const [blend, setBlend] = usePreference('blend');
  const settled = useDeferredValue(blend);
  const roles = useRoles(resumeId, settled);
  const marks = useRoleMarks();
  const mark = useMarkRole();
  const say = useToast();
  const [all, setAll] = useState(false);
  // The role whose reasons are shown; the best one until another is chosen.
  const [chosen, setChosen] = useState<string | null>(null);
  const choose = useCallback((role: string) => setChosen(role), []);
  const markOf = (role: string) => marks.data?.find((known) => known.role === role)?.mark ?? null;
  const hidden = roles.data?.filter(({ role }) => markOf(role) === 'hidden') ?? [];
  const shown = roles.data?.filter(({ role }) => all || markOf(role) !== 'hidden') ?? [];
  const fit = shown.find(({ role }) => role === chosen) ?? shown[0];
  const change = (of: Schemas['Fit'], to: Mark | null) => {
    const before = markOf(of.role);
    mark.mutate({ role: of.role, mark: to }, { onError: (error) => say(error.message) });
    if (to === 'hidden') say(t('roles.hidden', { role: of.title }), { title: t('undo'), run: () => mark.mutate({ role: of.role, mark: before }) }, 'role');
  };
  const showHidden = hidden.length > 0 && !all && (
    <Button slim onClick={() => setAll(true)}>
      {tn('roles.show-hidden', hidden.length)}
    </Button>
  );
  return (
    <div className="roles stack">
      <Blend value={blend ?? usual} usual={usual} version={learned.data?.version ?? 0} onChange={setBlend} />
      {roles.isPending && <Loading what={t('roles.loading')} />}
      {roles.isError && (
        <ProblemCard error={roles.error}>
          <Button onClick={() => void roles.refetch()}>{t('again')}</Button>
        </ProblemCard>
      )}
      {fit && (
        <>
          <RoleStrip fits={shown} chosen={fit.role} onChoose={choose} markOf={markOf} onMark={change} busy={roles.isPlaceholderData}>
            {showHidden}
          </RoleStrip>
          <RoleWhy fit={fit} onTailor={() => onTailor(fit.role)} />
        </>
      )}
      {roles.data && !fit && (
        <div className="card row spread wrap">
          <p className="muted">{t('roles.none')}</p>
          {showHidden}
        </div>
      )}
    </div>
  );
}

type BlendProps = { value: number; usual: number; version: number; onChange: (blend: number | null) => void };

function Blend({ value, usual, version, onChange }: BlendProps) {
  const id = useId();
  return (
    <div className="card blend">
      <label htmlFor={id}>
        <strong>{t('roles.what-counts')}</strong>
      </label>
      <div className="blend-range">
        <span className="small tabular">{t('roles.skills', { n: Math.round((1 - value) * 100) })}</span>
        <BlendRange id={id} value={value} onChange={onChange} />
        <span className="small tabular">{t('roles.meaning', { n: Math.round(value * 100) })}</span>
      </div>
      <p className="muted small">
        {t('roles.blend.why')} {version > 0 && <>{t('roles.learned', { n: version })} </>}
        {value !== usual && (
          <button type="button" className="link" onClick={() => onChange(null)}>
            {t('roles.blend.back', { meaning: Math.round(usual * 100), skills: Math.round((1 - usual) * 100) })}
          </button>
        )}
      </p>
    </div>
  );
}
