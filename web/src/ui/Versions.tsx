// Two versions of a résumé beside each other, with every changed word and every moved bullet marked.
import './versions.css';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Fragment, useMemo } from 'react';
import type { Resume } from '../api/client';
import { t, tn } from '../lib/i18n';
import type { Marked } from '../lib/outline';
import { compare } from '../lib/outline';

const NO_KEYS: ReadonlySet<string> = new Set();

type VersionsProps = {
  before: Resume;
  after: Resume;
  titles: [before: string, after: string];
  /** Keys of blocks to light up. */
  lit?: ReadonlySet<string>;
  /** Leaves out the blocks in which both agree. */
  onlyChanges?: boolean;
  /** What is told under a block of the second. */
  renderUnder?: (key: string) => ReactNode;
};

export function Versions({ before, after, titles, lit = NO_KEYS, onlyChanges = false, renderUnder }: VersionsProps) {
  const both = useMemo(() => compare(before, after), [before, after]);
  const shown = (blocks: Marked[]) => (onlyChanges ? blocks.filter((block) => block.moved || block.pieces.some((piece) => piece.mark !== 'same')) : blocks);
  return (
    <div className="stack">
      <p className="muted small" role="status">
        {both.changed === 0 ? t('tailor.unchanged') : tn('tailor.changed', both.changed)}
      </p>
      <div className="sides">
        <Side title={titles[0]} blocks={shown(both.before)} lit={lit} />
        <Side title={titles[1]} blocks={shown(both.after)} lit={lit} marksMoves {...(renderUnder && { renderUnder })} />
      </div>
    </div>
  );
}

type SideProps = { title: string; marksMoves?: boolean; blocks: Marked[]; lit: ReadonlySet<string>; renderUnder?: (key: string) => ReactNode };

function Side({ title, marksMoves = false, blocks, lit, renderUnder }: SideProps) {
  return (
    <section className="side card" aria-label={title}>
      <h3 className="muted small">{title}</h3>
      {blocks.map((block) => (
        <Fragment key={block.key}>
        <p className={`block ${block.kind} ${block.moved ? 'moved' : ''} ${lit.has(block.key) ? 'lit' : ''}`}>
          {block.moved && marksMoves && (
            <span className="moved-mark">
              {block.moved === 'up' ? <ArrowUp size={12} aria-hidden /> : <ArrowDown size={12} aria-hidden />}
              <span className="hidden-visually">{t(`tailor.moved.${block.moved}`)}</span>
            </span>
          )}
          {block.pieces.map((piece, index) =>
            piece.mark === 'added' ? <ins key={index}>{piece.text}</ins> : piece.mark === 'removed' ? <del key={index}>{piece.text}</del> : piece.text,
          )}
        </p>
        {renderUnder?.(block.key)}
        </Fragment>
      ))}
    </section>
  );
}
