import type { Schemas } from '../../api/client';
import { Chip } from '../../ui/basics';
import { t } from '../../lib/i18n';

const GROUPS = [
  { standing: 'have', tone: 'good' },
  { standing: 'buried', tone: 'warn' },
  { standing: 'lack', tone: '' },
] as const;

export function Keywords({ keywords }: { keywords: Schemas['Keyword'][] }) {
  return GROUPS.map(({ standing, tone }) => {
    const list = keywords.filter((keyword) => keyword.standing === standing);
    if (list.length === 0) return null;
    return (
      <div key={standing} className="keyword-group">
        <h4 className="muted small">{t(`tailor.${standing}`)}</h4>
        <ul className="chips">
          {list.map((keyword) => (
            <li key={keyword.keyword}>
              <Chip tone={tone} title={keyword.evidence[0]?.quote ?? (keyword.required ? t('tailor.required') : t('tailor.nice'))}>
                {keyword.keyword}
                {keyword.required ? <span className="hidden-visually"> {t('tailor.is-required')}</span> : <span className="optional"> {t('tailor.optional')}</span>}
              </Chip>
            </li>
          ))}
        </ul>
      </div>
    );
  });
}
