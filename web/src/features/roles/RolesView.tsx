// Which roles fit, and why.
import './roles.css';
import { ArrowRight, Bookmark, EyeOff } from 'lucide-react';
import { useDeferredValue, useId, useState } from 'react';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/queries';
import { sayName } from '../../lib/words';
import { Button, Chip, Loading, ProblemCard, ScoreBar, ScoreParts } from '../../ui/basics';
import { BlendRange } from '../../ui/BlendRange';
import { useLearned, useMarkRole, useRoleMarks, useRoles } from './queries';
import { USUAL_BLEND, usePreference } from '../../lib/preferences';
import { useToast } from '../../ui/Toasts';
import { num, t, tn } from '../../lib/i18n';

type RolesViewProps = { resumeId: string; onTailor: (role: string) => void };
type Mark = Schemas['Mark'];

export function RolesView({ resumeId, onTailor }: RolesViewProps) {
  const learned = useLearned();
  const usual = learned.data?.blend ?? USUAL_BLEND;
  const [chosen, setChosen] = usePreference('blend');
  const blend = chosen ?? usual;
  const settled = useDeferredValue(chosen);
  const roles = useRoles(resumeId, settled);
  const marks = useRoleMarks();
  const mark = useMarkRole();
  const say = useToast();
  const [all, setAll] = useState(false);
  const id = useId();
  const markOf = (role: string) => marks.data?.find((known) => known.role === role)?.mark ?? null;
  const hidden = roles.data?.filter(({ role }) => markOf(role) === 'hidden') ?? [];
  const shown = roles.data?.filter(({ role }) => all || markOf(role) !== 'hidden');
  const change = (fit: Schemas['Fit'], to: Mark | null) => {
    const before = markOf(fit.role);
    mark.mutate({ role: fit.role, mark: to }, { onError: (error) => say(error.message) });
    if (to === 'hidden') say(t('roles.hidden', { role: fit.title }), { title: t('undo'), run: () => mark.mutate({ role: fit.role, mark: before }) }, 'role');
  };
  return (
    <div className="roles">
      <div className="card blend">
        <label htmlFor={id}>
          <strong>{t('roles.what-counts')}</strong>
        </label>
        <BlendRange id={id} value={blend} onChange={setChosen} />
        <div className="row spread small tabular">
          <span>{t('roles.skills', { n: Math.round((1 - blend) * 100) })}</span>
          <span>{t('roles.meaning', { n: Math.round(blend * 100) })}</span>
        </div>
        <p className="muted small">
          {t('roles.blend.why')}{' '}
          {learned.data && learned.data.version > 0 && <>{t('roles.learned', { n: learned.data.version })} </>}
          {blend !== usual && (
            <button type="button" className="link" onClick={() => setChosen(null)}>
              {t('roles.blend.back', { meaning: Math.round(usual * 100), skills: Math.round((1 - usual) * 100) })}
            </button>
          )}
        </p>
      </div>
      {roles.isPending && <Loading what={t('roles.loading')} />}
      {roles.isError && (
        <ProblemCard error={roles.error}>
          <Button onClick={() => void roles.refetch()}>{t('again')}</Button>
        </ProblemCard>
      )}
      {roles.data && (
        <ol className="stack" aria-busy={roles.isPlaceholderData}>
          {shown?.map((fit, index) => (
            <Role key={fit.role} fit={fit} open={index === 0} mark={markOf(fit.role)} onMark={(to) => change(fit, to)} onTailor={() => onTailor(fit.role)} />
          ))}
          {shown?.length === 0 && <li className="muted">{t('roles.none')}</li>}
          {hidden.length > 0 && !all && (
            <li>
              <Button onClick={() => setAll(true)}>{tn('roles.show-hidden', hidden.length)}</Button>
            </li>
          )}
        </ol>
      )}
    </div>
  );
}

type RoleProps = { fit: Schemas['Fit']; open: boolean; mark: Mark | null; onMark: (mark: Mark | null) => void; onTailor: () => void };

function Role({ fit, open, mark, onMark, onTailor }: RoleProps) {
  const may = useMay();
  const required = fit.shared.filter((skill) => skill.required);
  const helpful = fit.shared.filter((skill) => !skill.required);
  return (
    <li className="card role">
      <div className="role-head">
        <div>
          <h2>{fit.title}</h2>
          <p className="muted small">
            {sayName(fit.family)} · {fit.distance}
          </p>
        </div>
        <div className="role-score">
          <span className="score tabular">{Math.round(fit.score.total)}</span>
          <ScoreBar score={fit.score} label={t('roles.fit', { role: fit.title, n: Math.round(fit.score.total) })} />
        </div>
      </div>
      <div className="row wrap role-actions">
        <Button look="primary" slim hidden={!may.edit} onClick={onTailor}>
          {t('roles.tailor')} <ArrowRight size={14} aria-hidden />
        </Button>
        <Button
          slim
          hidden={!may.edit}
          aria-pressed={mark === 'saved'}
          aria-label={mark === 'saved' ? t('roles.saved.what', { role: fit.title }) : t('roles.save.what', { role: fit.title })}
          onClick={() => onMark(mark === 'saved' ? null : 'saved')}
        >
          <Bookmark size={14} aria-hidden fill={mark === 'saved' ? 'currentColor' : 'none'} /> {mark === 'saved' ? t('roles.saved') : t('roles.save')}
        </Button>
        <Button look="quiet" slim hidden={!may.edit} aria-label={t('roles.hide', { role: fit.title })} title={t('roles.hide', { role: fit.title })} onClick={() => onMark(mark === 'hidden' ? null : 'hidden')}>
          <EyeOff size={14} aria-hidden />
        </Button>
      </div>
      <details open={open}>
        <summary>
          {t('roles.why', { shared: tn('roles.shared', fit.shared.length), missing: fit.missing.length })}
        </summary>
        <div className="role-why">
          <div className="stack">
            <div>
              <h3>{t('roles.you-share')}</h3>
              <ul className="chips">
                {[...required, ...helpful].map((skill) => (
                  <li key={skill.skill}>
                    <Chip tone={skill.required ? 'good' : 'accent'} title={t('roles.evidence', { evidence: skill.evidence })}>
                      {skill.skill}
                      {skill.required && <span className="hidden-visually"> {t('roles.required')}</span>}
                    </Chip>
                  </li>
                ))}
                {fit.shared.length === 0 && <li className="muted small">{t('roles.no-shared')}</li>}
              </ul>
            </div>
            {fit.missing.length > 0 && (
              <div>
                <h3>{t('roles.also')}</h3>
                <ul className="chips">
                  {fit.missing.map((skill) => (
                    <li key={skill}>
                      <Chip>{skill}</Chip>
                    </li>
                  ))}
                </ul>
              </div>
            )}
            {fit.sentences.length > 0 && (
              <div>
                <h3>{t('roles.closest')}</h3>
                <ul className="quotes">
                  {fit.sentences.map((sentence) => (
                    <li key={sentence.text}>
                      <q>{sentence.text}</q> <span className="muted small tabular">{num(sentence.similarity, 2)}</span>
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </div>
          <div>
            <h3>{t('roles.score')}</h3>
            <ScoreParts score={fit.score} />
          </div>
        </div>
      </details>
    </li>
  );
}
