import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo } from 'react';
import type { Resume } from '../../api/client';
import type { Marked } from '../../lib/outline';
import { compare } from '../../lib/outline';
import { count } from '../../lib/words';

/** Both versions with every changed word and every moved bullet marked. */
export function SideBySide({ before, after, lit }: { before: Resume; after: Resume; lit: ReadonlySet<string> }) {
  const both = useMemo(() => compare(before, after), [before, after]);
  return (
    <div className="stack">
      <p className="muted small" role="status">
        {both.changed === 0 ? 'Nothing is changed.' : `${count(both.changed, 'line')} changed or moved.`}
      </p>
      <div className="sides">
        <Side title="Original" blocks={both.before} lit={lit} />
        <Side title="Tailored" blocks={both.after} lit={lit} />
      </div>
    </div>
  );
}

function Side({ title, blocks, lit }: { title: string; blocks: Marked[]; lit: ReadonlySet<string> }) {
  return (
    <section className="side card" aria-label={title}>
      <h3 className="muted small">{title}</h3>
      {blocks.map((block) => (
        <p key={block.key} className={`block ${block.kind} ${block.moved ? 'moved' : ''} ${lit.has(block.key) ? 'lit' : ''}`}>
          {block.moved && title === 'Tailored' && (
            <span className="moved-mark">
              {block.moved === 'up' ? <ArrowUp size={12} aria-hidden /> : <ArrowDown size={12} aria-hidden />}
              <span className="hidden-visually">moved {block.moved}: </span>
            </span>
          )}
          {block.pieces.map((piece, index) =>
            piece.mark === 'added' ? <ins key={index}>{piece.text}</ins> : piece.mark === 'removed' ? <del key={index}>{piece.text}</del> : piece.text,
          )}
        </p>
      ))}
    </section>
  );
}
