// What was understood, section by section: every field editable, every section and entry movable.
import type { Schemas, Source } from '../../api/client';
import { doubtfulFields } from '../../lib/fields';
import { t, tn } from '../../lib/i18n';
import type { Ordered } from '../../lib/order';
import { moveItem, sectionOrder } from '../../lib/order';
import { sayName } from '../../lib/words';
import { useMay } from '../../api/queries';
import { ReadOnly } from '../../ui/ReadOnly';
import { Sortable } from '../../ui/Sortable';
import { AddSections } from './AddSections';
import { SectionOf, hasContent } from './sections';
import type { SectionsProps } from './parts';
import { HandleContext } from './parts';
import { Contact } from './PersonSections';

type ParsedProps = SectionsProps & {
  issues: Schemas['Issue'][];
  /** Brings the field into view that was read at a place of the original. */
  goTo: (source: Source) => void;
};

/** Sections that stand there also while they are empty. */
const ALWAYS: readonly Ordered[] = ['summary', 'work', 'education', 'skills'];

export function Parsed({ issues, goTo, ...props }: ParsedProps) {
  const { resume, changeWithUndo } = props;
  const may = useMay();
  const order = sectionOrder(resume.order ?? []);
  const shown = order.filter((name) => ALWAYS.includes(name) || hasContent(resume, name));
  const move = (from: number, to: number) => {
    const before = [...(resume.order ?? [])];
    const next = [...shown];
    moveItem(next, from, to);
    const name = shown[from];
    if (!name) return;
    changeWithUndo(
      t('resume.section-moved', { section: t(`section.${name}`), n: to + 1, all: shown.length }),
      (draft) => {
        draft.order = [...before.filter((other) => other === 'contact'), ...next, ...order.filter((other) => !next.includes(other))];
      },
      (draft) => {
        draft.order = before;
      },
      'move',
    );
  };
  return (
    <div className="stack">
      <ToCheck resume={resume} issues={issues} goTo={goTo} />
      <ReadOnly>
        <Contact {...props} />
        <Sortable className="sections" items={shown} idOf={(name) => name} nameOf={(name) => t(`section.${name}`)} onMove={move}>
          {(name, _, handle) => (
            <HandleContext value={handle}>
              <SectionOf {...props} name={name} />
            </HandleContext>
          )}
        </Sortable>
        {may.edit && <AddSections {...props} />}
      </ReadOnly>
    </div>
  );
}

/** What the reader was not sure of, the most doubtful first: each leads to its field. */
function ToCheck({ resume, issues, goTo }: Pick<ParsedProps, 'resume' | 'issues' | 'goTo'>) {
  const doubtful = doubtfulFields(resume);
  // The fields stand below, with a link each.
  const others = issues.filter((issue) => issue.code !== 'doubtful-field');
  if (doubtful.length + others.length === 0) return null;
  return (
    <details className="card issues">
      <summary>{tn('resume.to-check', doubtful.length + others.length)}</summary>
      <ul className="stack">
        {others.map((issue, index) => (
          <li key={index}>{issue.message}</li>
        ))}
        {doubtful.map(({ section, field, source }) => (
          <li key={`${source.page}:${source.start}`}>
            <button type="button" className="link" onClick={() => goTo(source)}>
              {field.value}
            </button>
            <span className="muted small">{t('resume.sure', { section: sayName(section), n: Math.round((field.confidence ?? 0) * 100) })}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
