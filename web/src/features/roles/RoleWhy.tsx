// Why a role fits: what is shared, what is missing, the nearest sentences, and the score in its parts.
import { ArrowRight } from 'lucide-react';
import type { Schemas } from '../../api/client';
import { useMay } from '../../api/queries';
import { num, t, tn } from '../../lib/i18n';
import { Button, Chip, ScoreParts } from '../../ui/basics';

export function RoleWhy({ fit, onTailor }: { fit: Schemas['Fit']; onTailor: () => void }) {
  const may = useMay();
  const shared = [...fit.shared].sort((a, b) => Number(b.required) - Number(a.required));
  return (
    <section className="card role-why" aria-labelledby="role-why">
      <div className="row spread wrap role-why-head">
        <div>
          <p className="muted small">{t('roles.why-this')}</p>
          <h2 id="role-why">{fit.title}</h2>
          <p className="muted small">{t('roles.why', { shared: tn('roles.shared', shared.length), missing: fit.missing.length })}</p>
        </div>
        <Button look="primary" hidden={!may.edit} onClick={onTailor}>
          {t('roles.tailor')} <ArrowRight size={16} aria-hidden />
        </Button>
      </div>
      <div className="stack">
        <div>
          <h3>{t('roles.you-share')}</h3>
          <ul className="chips">
            {shared.map((skill) => (
              <li key={skill.skill}>
                <Chip tone={skill.required ? 'good' : 'accent'} title={t('roles.evidence', { evidence: skill.evidence })}>
                  {skill.skill}
                  {skill.required && <span className="hidden-visually"> {t('roles.required')}</span>}
                </Chip>
              </li>
            ))}
            {shared.length === 0 && <li className="muted small">{t('roles.no-shared')}</li>}
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
    </section>
  );
}
