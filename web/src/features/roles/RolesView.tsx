// Which roles fit, and why.
import './roles.css';
import { useDeferredValue, useId, useState } from 'react';
import type { Schemas } from '../../api/client';
import { count, sayName } from '../../lib/words';
import { Button, Chip, Loading, ProblemCard, ScoreBar, ScoreParts } from '../../ui/basics';
import { useRoles } from './queries';

const DEFAULT_BLEND = 0.7;

export function RolesView({ resumeId }: { resumeId: string }) {
  const [blend, setBlend] = useState(DEFAULT_BLEND);
  const settled = useDeferredValue(blend);
  const roles = useRoles(resumeId, settled);
  const id = useId();
  return (
    <div className="roles">
      <div className="card blend">
        <label htmlFor={id}>
          <strong>What counts</strong>
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={blend}
          aria-valuetext={`${Math.round(blend * 100)} % meaning, ${Math.round((1 - blend) * 100)} % skills`}
          onChange={(event) => setBlend(Number(event.target.value))}
        />
        <div className="row spread small tabular">
          <span>Skills {Math.round((1 - blend) * 100)} %</span>
          <span>Meaning {Math.round(blend * 100)} %</span>
        </div>
        <p className="muted small">
          Meaning compares what you did with what the role does; skills counts those that you and the role share.{' '}
          {blend !== DEFAULT_BLEND && (
            <button type="button" className="link" onClick={() => setBlend(DEFAULT_BLEND)}>
              Back to 70 / 30
            </button>
          )}
        </p>
      </div>
      {roles.isPending && <Loading what="roles" />}
      {roles.isError && (
        <ProblemCard error={roles.error}>
          <Button onClick={() => void roles.refetch()}>Try again</Button>
        </ProblemCard>
      )}
      {roles.data && (
        <ol className="stack" aria-busy={roles.isPlaceholderData}>
          {roles.data.map((fit, index) => (
            <Role key={fit.role} fit={fit} open={index === 0} />
          ))}
        </ol>
      )}
    </div>
  );
}

function Role({ fit, open }: { fit: Schemas['Fit']; open: boolean }) {
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
          <ScoreBar score={fit.score} label={`${fit.title}: ${Math.round(fit.score.total)} of 100`} />
        </div>
      </div>
      <details open={open}>
        <summary>
          Why it fits: {count(fit.shared.length, 'shared skill')}, {fit.missing.length} missing
        </summary>
        <div className="role-why">
          <div className="stack">
            <div>
              <h3>You share</h3>
              <ul className="chips">
                {[...required, ...helpful].map((skill) => (
                  <li key={skill.skill}>
                    <Chip tone={skill.required ? 'good' : 'accent'} title={`In your résumé: ${skill.evidence}`}>
                      {skill.skill}
                      {skill.required && <span className="hidden-visually"> (required)</span>}
                    </Chip>
                  </li>
                ))}
                {fit.shared.length === 0 && <li className="muted small">No skill in common yet.</li>}
              </ul>
            </div>
            {fit.missing.length > 0 && (
              <div>
                <h3>The role also asks for</h3>
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
                <h3>Closest in your own words</h3>
                <ul className="quotes">
                  {fit.sentences.map((sentence) => (
                    <li key={sentence.text}>
                      <q>{sentence.text}</q> <span className="muted small tabular">{sentence.similarity.toFixed(2)}</span>
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </div>
          <div>
            <h3>How the score comes about</h3>
            <ScoreParts score={fit.score} />
          </div>
        </div>
      </details>
    </li>
  );
}
