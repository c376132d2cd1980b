// The slider between meaning and skills.
import { t } from '../lib/i18n';

/** `value`: the share of meaning, 0 to 1. */
export function BlendRange({ id, value, onChange }: { id: string; value: number; onChange: (value: number) => void }) {
  return (
    <input
      id={id}
      type="range"
      min={0}
      max={1}
      step={0.05}
      value={value}
      aria-valuetext={t('roles.blend', { meaning: Math.round(value * 100), skills: Math.round((1 - value) * 100) })}
      onChange={(event) => onChange(Number(event.target.value))}
    />
  );
}
