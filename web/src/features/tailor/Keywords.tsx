import type { Schemas } from '../../api/client';
import { Chip } from '../../ui/basics';

const GROUPS = [
  { standing: 'have', title: 'You have it', tone: 'good' },
  { standing: 'buried', title: 'You have it in other words, or buried', tone: 'warn' },
  { standing: 'lack', title: 'Not in your résumé; never added for you', tone: '' },
] as const;

export function Keywords({ keywords }: { keywords: Schemas['Keyword'][] }) {
  return GROUPS.map(({ standing, title, tone }) => {
    const list = keywords.filter((keyword) => keyword.standing === standing);
    if (list.length === 0) return null;
    return (
      <div key={standing} className="keyword-group">
        <h4 className="muted small">{title}</h4>
        <ul className="chips">
          {list.map((keyword) => (
            <li key={keyword.keyword}>
              <Chip tone={tone} title={keyword.evidence[0]?.quote ?? (keyword.required ? 'Required' : 'Nice to have')}>
                {keyword.keyword}
                {keyword.required ? <span className="hidden-visually"> (required)</span> : <span className="optional"> optional</span>}
              </Chip>
            </li>
          ))}
        </ul>
      </div>
    );
  });
}
