// A score of 0 to 100 as a ring: how full it is says how good, the number in it says it exactly.
import './fit-ring.css';
import type { Score } from '../api/client';
import { num } from '../lib/i18n';

const RADIUS = 26;
const AROUND = 2 * Math.PI * RADIUS;

export function FitRing({ score, label }: { score: Score; label: string }) {
  const whole = Math.round(Math.min(100, Math.max(0, score.total)));
  return (
    <div className="fit-ring" role="meter" aria-label={label} aria-valuenow={whole} aria-valuemin={0} aria-valuemax={100}>
      <svg viewBox="0 0 64 64" aria-hidden>
        <circle className="fit-ring-track" cx={32} cy={32} r={RADIUS} />
        <circle className="fit-ring-value" cx={32} cy={32} r={RADIUS} strokeDasharray={AROUND} strokeDashoffset={AROUND * (1 - whole / 100)} />
      </svg>
      <span className="score tabular">{num(whole)}</span>
    </div>
  );
}
