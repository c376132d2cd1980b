// Education, skills, and what was awarded.
import type { Field } from '../../api/client';
import { nextId, typed } from '../../lib/fields';
import { t } from '../../lib/i18n';
import { EditField } from './EditField';
import type { SectionsProps } from './parts';
import { Add, Bullets, Entries, Nothing, Remove, Section, removeEntry } from './parts';
import { Dates } from './WorkSections';

export function Education(props: SectionsProps) {
  const { resume, change } = props;
  const nameOf = (index: number) => resume.education?.[index]?.institution?.value ?? resume.education?.[index]?.study_type?.value ?? t('resume.entry', { n: index + 1 });
  return (
    <Section
      name="education"
      title={t('section.education')}
      action={
        <Add
          what={t('resume.add.entry')}
          onClick={() =>
            change((draft) => {
              draft.education = [{ id: nextId(draft, 'e'), highlights: [], courses: [] }, ...(draft.education ?? [])];
            })
          }
        />
      }
    >
      {!resume.education?.length && <Nothing />}
      <Entries {...props} part="education" nameOf={(_, index) => nameOf(index)}>
        {(entry, index, handle) => {
          const name = nameOf(index);
          const set = (key: 'study_type' | 'area' | 'institution' | 'location' | 'start' | 'end' | 'score') => (field: Field | null) =>
            change((draft) => {
              const target = draft.education?.[index];
              if (target) target[key] = field;
            });
          return (
            <article className="entry" aria-label={name}>
              <div className="entry-head">
                {handle}
                <EditField label={t('field.school')} field={entry.institution} className="strong" onChange={set('institution')} />
                <Remove what={name} onClick={() => removeEntry(props, 'education', entry.id, name)} />
              </div>
              <div className="entry-meta">
                <EditField label={t('field.degree')} field={entry.study_type} onChange={set('study_type')} />
                <EditField label={t('field.subject')} field={entry.area} onChange={set('area')} />
                <Dates start={entry.start} end={entry.end} set={set} />
                <EditField label={t('field.grade')} field={entry.score} onChange={set('score')} />
              </div>
              {!!entry.highlights?.length && <Bullets {...props} list={entry.highlights} pick={(draft) => draft.education?.[index]?.highlights} entry={name} />}
            </article>
          );
        }}
      </Entries>
    </Section>
  );
}

export function Skills(props: SectionsProps) {
  const { resume, change, changeWithUndo } = props;
  return (
    <Section
      name="skills"
      title={t('section.skills')}
      action={
        <Add
          what={t('resume.add.group')}
          onClick={() =>
            change((draft) => {
              draft.skills = [...(draft.skills ?? []), { id: nextId(draft, 's'), name: typed(t('resume.new-group')), keywords: [] }];
            })
          }
        />
      }
    >
      {!resume.skills?.length && <Nothing />}
      <Entries {...props} part="skills" nameOf={(group) => group.name?.value ?? t('resume.unnamed-skills')}>
        {(group, index, handle) => {
          const name = group.name?.value ?? t('resume.unnamed-skills');
          return (
            <div className="skill-group">
              <div className="entry-head">
                {handle}
                {group.name ? (
                  <EditField
                    label={t('field.group')}
                    field={group.name}
                    className="strong"
                    onChange={(field) =>
                      change((draft) => {
                        const target = draft.skills?.[index];
                        if (target) target.name = field;
                      })
                    }
                  />
                ) : (
                  <span />
                )}
                {(resume.skills?.length ?? 0) > 1 && <Remove what={name} onClick={() => removeEntry(props, 'skills', group.id, name)} />}
              </div>
              <ul className="keywords">
                {group.keywords?.map((keyword, at) => (
                  <li key={at}>
                    <EditField
                      label={t('resume.skills-of', { n: at + 1, group: name })}
                      field={keyword}
                      onChange={(field) =>
                        change((draft) => {
                          const list = draft.skills?.[index]?.keywords;
                          if (field && list) list[at] = field;
                          else list?.splice(at, 1);
                        })
                      }
                    />
                    <Remove
                      what={keyword.value}
                      onClick={() =>
                        changeWithUndo(
                          t('resume.removed', { what: keyword.value }),
                          (draft) => draft.skills?.[index]?.keywords?.splice(at, 1),
                          (draft) => draft.skills?.[index]?.keywords?.splice(at, 0, keyword),
                        )
                      }
                    />
                  </li>
                ))}
                <li>
                  <Add what={t('resume.add.skill')} onClick={() => change((draft) => draft.skills?.[index]?.keywords?.push(typed(t('resume.new-skill'))))} />
                </li>
              </ul>
            </div>
          );
        }}
      </Entries>
    </Section>
  );
}

export function Credentials({ part, ...props }: SectionsProps & { part: 'certificates' | 'awards' | 'publications' }) {
  const { change } = props;
  return (
    <Section
      name={part}
      title={t(`section.${part}`)}
      action={
        <Add
          what={t('resume.add.entry')}
          onClick={() =>
            change((draft) => {
              draft[part] = [{ id: nextId(draft, part.charAt(0)), name: typed(t(`section.${part}`)) }, ...(draft[part] ?? [])];
            })
          }
        />
      }
    >
      <Entries {...props} part={part} nameOf={(item) => item.name.value}>
        {(item, index, handle) => {
          const set = (key: 'issuer' | 'date' | 'summary') => (field: Field | null) =>
            change((draft) => {
              const target = draft[part]?.[index];
              if (target) target[key] = field;
            });
          return (
            <article className="entry" aria-label={item.name.value}>
              <div className="entry-head">
                {handle}
                <EditField
                  label={t('field.name')}
                  field={item.name}
                  className="strong"
                  onChange={(field) =>
                    change((draft) => {
                      const target = draft[part]?.[index];
                      if (target && field) target.name = field;
                    })
                  }
                />
                <Remove what={item.name.value} onClick={() => removeEntry(props, part, item.id, item.name.value)} />
              </div>
              <div className="entry-meta">
                <EditField label={t('field.issuer')} field={item.issuer} onChange={set('issuer')} />
                <EditField label={t('field.date')} field={item.date} date className="short" onChange={set('date')} />
              </div>
              {item.summary && <EditField label={t('field.details')} field={item.summary} onChange={set('summary')} />}
            </article>
          );
        }}
      </Entries>
    </Section>
  );
}
