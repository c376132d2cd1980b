// The original: its pages as pictures with the places of the fields, or its text with marks where it has no pages.
import { useEffect, useMemo, useRef } from 'react';
import type { Resume, ResumeDetail, Source } from '../../api/client';
import { placedFields, sameSource } from '../../lib/fields';
import { byteOffsets } from '../../lib/offsets';
import { inTeam } from '../../lib/team';
import { sayName } from '../../lib/words';
import { sectionColour } from './highlight';
import { t } from '../../lib/i18n';

type OriginalProps = {
  detail: ResumeDetail;
  resume: Resume;
  active: Source | null;
  /** The place to bring into view. */
  wanted: Source | null;
  onChoose: (source: Source) => void;
  /** False shows the text in its reading order, as software sees it. */
  pages: boolean;
};

export function Original({ pages, detail, resume, active, wanted, onChoose }: OriginalProps) {
  const placed = useMemo(() => placedFields(resume), [resume]);
  const pane = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const mark = wanted && pane.current?.querySelector(`[data-at="${wanted.page}:${wanted.start}"]`);
    if (!mark || !pane.current) return;
    const [box, frame] = [mark.getBoundingClientRect(), pane.current.getBoundingClientRect()];
    if (box.top < frame.top || box.bottom > frame.bottom) {
      // Only the pane moves, never the page: the person is typing beside it.
      pane.current.scrollBy({ top: box.top - frame.top - frame.height / 3, behavior: 'smooth' });
    }
  }, [wanted, pages]);

  const shared = { placed, active, onChoose };
  return (
    // Scrolls, so it must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="original-pane" ref={pane} tabIndex={0} role="group" aria-label={pages ? t('resume.pages') : t('resume.text')}>
      {pages ? <Pages detail={detail} {...shared} /> : <Text text={detail.text} {...shared} />}
    </div>
  );
}

type MarksProps = { placed: ReturnType<typeof placedFields>; active: Source | null; onChoose: (source: Source) => void };

function Pages({ detail, placed, active, onChoose }: MarksProps & { detail: ResumeDetail }) {
  const dpi = window.devicePixelRatio > 1.2 ? 192 : 120;
  return detail.pages.map((page, index) => (
    <div className="page-frame" key={index} style={{ aspectRatio: `${page.width} / ${page.height}` }}>
      <img src={inTeam(`/api/v1/resumes/${detail.id}/pages/${index + 1}.png?dpi=${dpi}`)} alt={t('resume.page', { n: index + 1 })} loading={index > 1 ? 'lazy' : 'eager'} />
      {placed.map(({ section, source }) => {
        if (source.page !== index || !source.bbox) return null;
        const { x0, y0, x1, y1 } = source.bbox;
        return (
          <button
            key={`${source.start}-${source.end}`}
            type="button"
            tabIndex={-1}
            aria-hidden
            className={`mark-box ${sameSource(source, active) ? 'active' : ''}`}
            data-at={`${source.page}:${source.start}`}
            title={sayName(section)}
            onClick={() => onChoose(source)}
            style={{
              left: `${(x0 / page.width) * 100}%`,
              top: `${(y0 / page.height) * 100}%`,
              width: `${((x1 - x0) / page.width) * 100}%`,
              height: `${((y1 - y0) / page.height) * 100}%`,
              ['--c' as string]: sectionColour(section),
            }}
          />
        );
      })}
    </div>
  ));
}

function Text({ text, placed, active, onChoose }: MarksProps & { text: string }) {
  const pieces = useMemo(() => {
    const at = byteOffsets(text);
    const list: { text: string; field?: (typeof placed)[number] }[] = [];
    let done = 0;
    for (const field of placed) {
      const [start, end] = [at(field.source.start), at(field.source.end)];
      // Fields within fields ("City" in an address line) are marked with the outer one.
      if (start < done || end <= start) continue;
      list.push({ text: text.slice(done, start) }, { text: text.slice(start, end), field });
      done = end;
    }
    list.push({ text: text.slice(done) });
    return list;
  }, [text, placed]);
  return (
    <div className="original-text">
      {pieces.map(({ text: piece, field }, index) =>
        field ? (
          // The same way is open to the keyboard from the field's side.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
          <mark
            key={index}
            className={sameSource(field.source, active) ? 'active' : ''}
            data-at={`${field.source.page}:${field.source.start}`}
            title={sayName(field.section)}
            style={{ ['--c' as string]: sectionColour(field.section) }}
            onClick={() => onChoose(field.source)}
          >
            {piece}
          </mark>
        ) : (
          piece
        ),
      )}
    </div>
  );
}
