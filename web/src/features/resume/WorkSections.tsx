// Jobs, voluntary work and projects.
import type { Field } from '../../api/client';
import { nextId, typed } from '../../lib/fields';
import { t } from '../../lib/i18n';
import { EditField } from './EditField';
import type { SectionsProps } from './parts';
import { Add, Bullets, Entries, Nothing, Remove, Section, removeEntry } from './parts';

export function Work({ part, ...props }: SectionsProps & { part: 'work' | 'volunteer' }) {
  const { resume, change } = props;
  const nameOf = (index: number) => resume[part]?.[index]?.company?.value ?? resume[part]?.[index]?.position?.value ?? t('resume.entry', { n: index + 1 });
  return (
    <Section
      name={part}
      title={t(`section.${part}`)}
      action={
        <Add
          what={t('resume.add.entry')}
          onClick={() =>
            change((draft) => {
              draft[part] = [{ id: nextId(draft, part === 'work' ? 'w' : 'v'), highlights: [] }, ...(draft[part] ?? [])];
            })
          }
        />
      }
    >
      {!resume[part]?.length && <Nothing />}
      <Entries {...props} part={part} nameOf={(_, index) => nameOf(index)}>
        {(work, index, handle) => {
          const name = nameOf(index);
          const set = (key: 'position' | 'company' | 'location' | 'start' | 'end' | 'summary') => (field: Field | null) =>
            change((draft) => {
              const target = draft[part]?.[index];
              if (target) target[key] = field;
            });
          return (
            <article className="entry" aria-label={name}>
              <div className="entry-head">
                {handle}
                <EditField label={t('field.position')} field={work.position} className="strong" onChange={set('position')} />
                <Remove what={name} onClick={() => removeEntry(props, part, work.id, name)} />
              </div>
              <div className="entry-meta">
                <EditField label={part === 'work' ? t('field.company') : t('field.organisation')} field={work.company} onChange={set('company')} />
                <EditField label={t('field.place')} field={work.location} onChange={set('location')} />
                <Dates start={work.start} end={work.end} set={set} />
              </div>
              {work.summary && <EditField label={t('resume.about', { name })} field={work.summary} onChange={set('summary')} />}
              <Bullets {...props} list={work.highlights ?? []} pick={(draft) => draft[part]?.[index]?.highlights} entry={name} />
            </article>
          );
        }}
      </Entries>
    </Section>
  );
}

type DatesProps = {
  start: Field | null | undefined;
  end: Field | null | undefined;
  set: (key: 'start' | 'end') => (field: Field | null) => void;
};

export function Dates({ start, end, set }: DatesProps) {
  return (
    <span className="dates">
      <EditField label={t('field.start')} field={start} date onChange={set('start')} />
      <span aria-hidden>–</span>
      <EditField label={t('field.end')} field={end} date onChange={set('end')} />
    </span>
  );
}

export function Projects(props: SectionsProps) {
  const { change } = props;
  return (
    <Section
      name="projects"
      title={t('section.projects')}
      action={
        <Add
          what={t('resume.add.entry')}
          onClick={() =>
            change((draft) => {
              draft.projects = [{ id: nextId(draft, 'p'), name: typed(t('field.project')), highlights: [], keywords: [] }, ...(draft.projects ?? [])];
            })
          }
        />
      }
    >
      <Entries {...props} part="projects" nameOf={(project) => project.name.value}>
        {(project, index, handle) => {
          const name = project.name.value;
          const set = (key: 'role' | 'description' | 'url' | 'start' | 'end') => (field: Field | null) =>
            change((draft) => {
              const target = draft.projects?.[index];
              if (target) target[key] = field;
            });
          return (
            <article className="entry" aria-label={name}>
              <div className="entry-head">
                {handle}
                <EditField
                  label={t('field.project')}
                  field={project.name}
                  className="strong"
                  onChange={(field) =>
                    change((draft) => {
                      const target = draft.projects?.[index];
                      if (target && field) target.name = field;
                    })
                  }
                />
                <Remove what={name} onClick={() => removeEntry(props, 'projects', project.id, name)} />
              </div>
              <div className="entry-meta">
                <EditField label={t('field.role')} field={project.role} onChange={set('role')} />
                <EditField label={t('field.link')} field={project.url} onChange={set('url')} />
                <Dates start={project.start} end={project.end} set={set} />
              </div>
              {project.description && <EditField label={t('field.description')} field={project.description} onChange={set('description')} />}
              <Bullets {...props} list={project.highlights ?? []} pick={(draft) => draft.projects?.[index]?.highlights} entry={name} />
            </article>
          );
        }}
      </Entries>
    </Section>
  );
}
