// What one check found: why it matters and what to do are said once, the places one by one, each with its fix.
import { Check } from 'lucide-react';
import type { Schemas, Source } from '../../api/client';
import { useMay } from '../../api/queries';
import { t, tn } from '../../lib/i18n';
import { differing } from '../../lib/outline';
import { sayName } from '../../lib/words';
import { Button, Chip } from '../../ui/basics';

type Finding = Schemas['Finding'];
export type Hits = [Finding, ...Finding[]];

const TONES = { high: 'bad', medium: 'warn', low: '' } as const;
const asSentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The findings of one check together, in the order in which the checks come. */
export function byCheck(findings: Finding[]): Hits[] {
  const groups = new Map<string, Hits>();
  for (const finding of findings) {
    const known = groups.get(finding.check);
    if (known) known.push(finding);
    else groups.set(finding.check, [finding]);
  }
  return [...groups.values()];
}

/** Ids of those that a machine can mend. */
export const mendable = (findings: Finding[]) => findings.flatMap(({ id, change }) => (id && change ? [id] : []));

type FindingsProps = { hits: Hits; busy: boolean; onPlace: (source: Source) => void; onMend: (ids: string[]) => void };

export function Findings({ hits, busy, onPlace, onMend }: FindingsProps) {
  const [{ check, severity, why, fix }] = hits;
  const fixes = mendable(hits);
  const may = useMay();
  return (
    <li className="finding">
      <div className="row wrap">
        <h3>{sayName(check)}</h3>
        <Chip tone={TONES[severity]}>{t(`check.${severity}`)}</Chip>
        {fixes.length > 1 && may.edit && (
          <Button slim disabled={busy} className="mend-all" onClick={() => onMend(fixes)}>
            {tn('check.fix-all', fixes.length)}
            <span className="hidden-visually">: {sayName(check)}</span>
          </Button>
        )}
      </div>
      <p className="muted">
        {why} {fix}
      </p>
      <ul className="places">
        {hits.map((finding, index) => (
          <Hit key={finding.id ?? index} finding={finding} busy={busy} onPlace={onPlace} onMend={onMend} />
        ))}
      </ul>
    </li>
  );
}

function Hit({ finding: { id, message, place, change }, busy, onPlace, onMend }: Omit<FindingsProps, 'hits'> & { finding: Finding }) {
  const source = place?.source;
  const may = useMay();
  return (
    <li>
      <div className="place">
        <span>{asSentence(message)}</span>
        {change && <Preview change={change} />}
      </div>
      <span className="row tight">
        {source && (
          <button type="button" className="link small" onClick={() => onPlace(source)}>
            {t('check.show')}
            <span className="hidden-visually">: {message}</span>
          </button>
        )}
        {id && change && may.edit && (
          <Button slim disabled={busy} onClick={() => onMend([id])}>
            <Check size={13} aria-hidden /> {t('check.fix')}
            <span className="hidden-visually">: {message}</span>
          </Button>
        )}
      </span>
    </li>
  );
}

/** What the fix would do to the words. */
function Preview({ change: { before, after } }: { change: Schemas['Change'] }) {
  return (
    <p className="small fix-preview">
      {differing(before, after).map(({ text, mark }, index) => (mark === 'added' ? <ins key={index}>{text}</ins> : mark === 'removed' ? <del key={index}>{text}</del> : text))}
    </p>
  );
}
