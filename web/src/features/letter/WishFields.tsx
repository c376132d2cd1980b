// What a letter should be like: tone, length, language.
import { useId } from 'react';
import { LANGUAGES, t } from '../../lib/i18n';
import type { Wish } from './queries';

const TONES = ['plain', 'warm', 'confident'] as const;
const LENGTHS = ['short', 'medium', 'full'] as const;

type WishFieldsProps = { wish: Wish; onChange: (wish: Wish) => void };

export function WishFields({ wish, onChange }: WishFieldsProps) {
  const id = useId();
  return (
    <div className="row wrap wish">
      <label htmlFor={`${id}-tone`}>
        <span className="small muted">{t('letter.tone')}</span>
        <select id={`${id}-tone`} className="input" value={wish.tone} onChange={(event) => onChange({ ...wish, tone: TONES.find((v) => v === event.target.value) ?? 'plain' })}>
          {TONES.map((tone) => (
            <option key={tone} value={tone}>
              {t(`letter.tone.${tone}`)}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor={`${id}-length`}>
        <span className="small muted">{t('letter.length')}</span>
        <select id={`${id}-length`} className="input" value={wish.length} onChange={(event) => onChange({ ...wish, length: LENGTHS.find((v) => v === event.target.value) ?? 'medium' })}>
          {LENGTHS.map((length) => (
            <option key={length} value={length}>
              {t(`letter.length.${length}`)}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor={`${id}-language`}>
        <span className="small muted">{t('letter.language')}</span>
        <select
          id={`${id}-language`}
          className="input"
          value={wish.language ?? ''}
          onChange={(event) => onChange({ ...wish, language: event.target.value === 'de' ? 'de' : event.target.value === 'en' ? 'en' : null })}
        >
          <option value="">{t('letter.language.auto')}</option>
          {(['en', 'de'] as const).map((tag) => (
            <option key={tag} value={tag}>
              {LANGUAGES[tag]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
