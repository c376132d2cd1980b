// Two sets of choices beside each other: which suggestions each side takes.
import type { Suggestion } from './queries';
import { t, tn } from '../../lib/i18n';
import { Check } from 'lucide-react';

type ChoicesProps = { suggestions: Suggestion[]; theirs: string[]; mine: string[]; titles: [theirs: string, mine: string] };

export function Choices({ suggestions, theirs, mine, titles }: ChoicesProps) {
  const edits = suggestions.filter((suggestion) => suggestion.edit);
  const differ = edits.filter(({ id }) => theirs.includes(id) !== mine.includes(id));
  return (
    <div className="stack">
      <p className="muted small">{differ.length === 0 ? t('conflict.same') : tn('tailor.choices-differ', differ.length)}</p>
      <div className="sides">
        {([[titles[0], theirs], [titles[1], mine]] as const).map(([title, ids]) => (
          <section key={title} className="side card" aria-label={title}>
            <h3 className="muted small">{title}</h3>
            <p className="small">{t('tailor.choices', { n: ids.length, all: edits.length })}</p>
            {differ.map(({ id, title: text }) => (
              <p key={id} className={ids.includes(id) ? '' : 'muted'}>
                {ids.includes(id) ? (
                  <>
                    <Check size={13} aria-hidden /> <ins>{text}</ins>
                  </>
                ) : (
                  <del>{text}</del>
                )}
              </p>
            ))}
          </section>
        ))}
      </div>
    </div>
  );
}
