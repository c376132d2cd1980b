// When something ends: choices for a list.
import { t, tn } from '../lib/i18n';

/** `days`: after how many; 0 is never. */
export function EndOptions({ days }: { days: readonly number[] }) {
  return days.map((n) => (
    <option key={n} value={n}>
      {n === 0 ? t('share.never') : tn('share.days', n)}
    </option>
  ));
}
