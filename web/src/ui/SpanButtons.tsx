// Over how many days numbers are shown.
import { t } from '../lib/i18n';
import { Button } from './basics';

const SPANS = [30, 90, 365];

export function SpanButtons({ days, onChange }: { days: number; onChange: (days: number) => void }) {
  return (
    <div className="segments" role="group" aria-label={t('counts.span')}>
      {SPANS.map((span) => (
        <Button key={span} slim aria-pressed={span === days} onClick={() => onChange(span)}>
          {t('counts.days', { n: span })}
        </Button>
      ))}
    </div>
  );
}
