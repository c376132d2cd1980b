// Sections that the résumé does not have yet: one click begins one with its first entry.
import { Plus } from 'lucide-react';
import type { Resume } from '../../api/client';
import { nextId, typed } from '../../lib/fields';
import { t } from '../../lib/i18n';
import type { Ordered } from '../../lib/order';
import { SECTIONS } from '../../lib/order';
import { Button } from '../../ui/basics';
import { hasContent } from './sections';
import type { SectionsProps } from './parts';

/** What a section begins with; sections that are always there, or belong to no kind, begin with nothing. */
const FIRST: Partial<Record<Ordered, (draft: Resume) => void>> = {
  projects: (draft) => (draft.projects = [{ id: nextId(draft, 'p'), name: typed(t('field.project')), highlights: [], keywords: [] }]),
  certificates: (draft) => (draft.certificates = [{ id: nextId(draft, 'c'), name: typed(t('build.a-certificate')) }]),
  awards: (draft) => (draft.awards = [{ id: nextId(draft, 'a'), name: typed(t('build.an-award')) }]),
  publications: (draft) => (draft.publications = [{ id: nextId(draft, 'p'), name: typed(t('build.a-publication')) }]),
  volunteer: (draft) => (draft.volunteer = [{ id: nextId(draft, 'v'), highlights: [] }]),
  languages: (draft) => (draft.languages = [{ id: nextId(draft, 'l'), language: typed(t('field.language')) }]),
  interests: (draft) => (draft.interests = [{ id: nextId(draft, 'i'), name: typed(t('field.interest')), keywords: [] }]),
  references: (draft) => (draft.references = [{ id: nextId(draft, 'r'), name: typed(t('field.name')) }]),
};

export function AddSections({ resume, change }: Pick<SectionsProps, 'resume' | 'change'>) {
  const missing = SECTIONS.filter((name) => name in FIRST && !hasContent(resume, name));
  if (missing.length === 0) return null;
  return (
    <div className="row wrap add-sections" role="group" aria-label={t('build.add-section')}>
      <span className="muted small">{t('build.add-section')}</span>
      {missing.map((name) => (
        <Button key={name} slim onClick={() => change((draft) => FIRST[name]?.(draft))}>
          <Plus size={14} aria-hidden /> {t(`section.${name}`)}
        </Button>
      ))}
    </div>
  );
}
