// What was understood, section by section, every field editable.
import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Field, Resume, Schemas, Source } from '../../api/client';
import { doubtfulFields, nextId, typed } from '../../lib/fields';
import { moveBullet } from '../../lib/order';
import { count, sayName } from '../../lib/words';
import { Button } from '../../ui/basics';
import { EditField } from './EditField';
import { sectionColour } from './highlight';
import type { Change } from './queries';

export type ParsedProps = {
  resume: Resume;
  issues: Schemas['Issue'][];
  change: Change;
  /** Brings the field into view that was read at a place of the original. */
  goTo: (source: Source) => void;
  /** Of messages with the same `key` only the last is shown. */
  changeWithUndo: (text: string, update: (draft: Resume) => void, key?: string) => void;
};

type SectionProps = { name: string; title: string; action?: ReactNode; children: ReactNode };

function Section({ name, title, action, children }: SectionProps) {
  return (
    <section className="card section" style={{ ['--c' as string]: sectionColour(name) }} aria-label={title}>
      <div className="row spread">
        <h2>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}

const Add = ({ what, onClick }: { what: string; onClick: () => void }) => (
  <Button look="quiet" slim onClick={onClick}>
    <Plus size={14} aria-hidden /> {what}
  </Button>
);

const Remove = ({ what, onClick }: { what: string; onClick: () => void }) => (
  <button type="button" className="remove" aria-label={`Remove ${what}`} title={`Remove ${what}`} onClick={onClick}>
    <X size={14} aria-hidden />
  </button>
);

export function Parsed(props: ParsedProps) {
  const { resume, issues } = props;
  return (
    <div className="stack">
      <ToCheck resume={resume} issues={issues} goTo={props.goTo} />
      <Contact {...props} />
      <Summary {...props} />
      <WorkSection {...props} part="work" title="Work" />
      <Education {...props} />
      <Skills {...props} />
      {!!resume.projects?.length && <Projects {...props} />}
      {(['certificates', 'awards', 'publications'] as const).map((part) => !!resume[part]?.length && <Credentials key={part} {...props} part={part} />)}
      {!!resume.volunteer?.length && <WorkSection {...props} part="volunteer" title="Volunteering" />}
      {!!resume.languages?.length && <Languages {...props} />}
      {!!resume.interests?.length && <Interests {...props} />}
      {!!resume.references?.length && <References {...props} />}
      {resume.extras?.map((extra, index) => (
        <Section key={extra.id} name="extras" title={extra.heading.value || 'Further lines'}>
          <Bullets {...props} list={extra.lines ?? []} pick={(draft) => draft.extras?.[index]?.lines} entry="the section" />
        </Section>
      ))}
    </div>
  );
}

/** What the reader was not sure of, the most doubtful first: each leads to its field. */
function ToCheck({ resume, issues, goTo }: Pick<ParsedProps, 'resume' | 'issues' | 'goTo'>) {
  const doubtful = doubtfulFields(resume);
  // The fields stand below, with a link each.
  const others = issues.filter((issue) => issue.code !== 'doubtful-field');
  if (doubtful.length + others.length === 0) return null;
  return (
    <details className="card issues">
      <summary>{count(doubtful.length + others.length, 'place')} to look at</summary>
      <ul className="stack">
        {others.map((issue, index) => (
          <li key={index}>{issue.message}</li>
        ))}
        {doubtful.map(({ section, field, source }) => (
          <li key={source.start}>
            <button type="button" className="link" onClick={() => goTo(source)}>
              {field.value}
            </button>
            <span className="muted small">
              {sayName(section)}, {Math.round((field.confidence ?? 0) * 100)} % sure
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Contact({ resume, change }: ParsedProps) {
  const contact = resume.contact;
  const set = (key: 'name' | 'label' | 'email' | 'phone' | 'url') => (field: Field | null) =>
    change((draft) => {
      draft.contact = { ...(draft.contact ?? EMPTY_CONTACT), [key]: field };
    });
  return (
    <Section name="contact" title="Contact">
      <EditField label="Name" field={contact?.name} className="big" onChange={set('name')} />
      <EditField label="Headline" field={contact?.label} onChange={set('label')} />
      <div className="grid-fields">
        <EditField label="E-mail" field={contact?.email} onChange={set('email')} />
        <EditField label="Phone" field={contact?.phone} onChange={set('phone')} />
        <EditField
          label="Place"
          field={contact?.location?.text}
          onChange={(field) =>
            change((draft) => {
              draft.contact = {
                ...(draft.contact ?? EMPTY_CONTACT),
                // The parts of the old place do not hold for a new one.
                location: field ? { text: field, address: null, postal_code: null, city: null, region: null, country_code: null } : null,
              };
            })
          }
        />
        <EditField label="Web page" field={contact?.url} onChange={set('url')} />
        {contact?.profiles?.map((profile, index) => (
          <EditField
            key={profile.url.value}
            label={profile.network}
            field={profile.url}
            onChange={(field) =>
              change((draft) => {
                const list = draft.contact?.profiles;
                if (!list?.[index]) return;
                if (field) list[index] = { network: list[index].network, url: field };
                else list.splice(index, 1);
              })
            }
          />
        ))}
      </div>
    </Section>
  );
}

const EMPTY_CONTACT: NonNullable<Resume['contact']> = { name: null, label: null, email: null, phone: null, location: null, url: null, profiles: [] };

function Summary({ resume, change }: ParsedProps) {
  return (
    <Section name="summary" title="Summary">
      <EditField
        label="Summary"
        field={resume.summary}
        placeholder="No summary. Two or three sentences about what you do best."
        onChange={(field) =>
          change((draft) => {
            draft.summary = field;
          })
        }
      />
    </Section>
  );
}

type Bulleted = ParsedProps & {
  list: Schemas['Bullet'][];
  pick: (draft: Resume) => Schemas['Bullet'][] | undefined;
  entry: string;
};

function Bullets({ list, pick, entry, change, changeWithUndo }: Bulleted) {
  const move = (index: number, step: -1 | 1) => {
    const at = moveBullet([...list], index, step);
    if (at === null) return;
    changeWithUndo(
      `Moved to place ${at + 1} of ${list.length}.`,
      (draft) => {
        const bullets = pick(draft);
        if (bullets) moveBullet(bullets, index, step);
      },
      'move',
    );
  };
  return (
    <>
      <ul className="bullets">
        {list.map((bullet, index) => (
          <li key={bullet.id} style={{ marginLeft: `${(bullet.level ?? 0) * 20}px` }}>
            <EditField
              label={`Bullet ${index + 1} of ${entry}`}
              field={bullet.text}
              placeholder="What you did, and what came of it"
              onChange={(field) => {
                const drop = (draft: Resume) => pick(draft)?.splice(index, 1);
                if (!field) {
                  changeWithUndo('The bullet is removed.', drop);
                  return;
                }
                change((draft) => {
                  const target = pick(draft)?.[index];
                  if (target) target.text = field;
                });
              }}
              {...(list.length > 1 && { onMove: (step: -1 | 1) => move(index, step) })}
            />
            <Remove what={`bullet ${index + 1} of ${entry}`} onClick={() => changeWithUndo('The bullet is removed.', (draft) => pick(draft)?.splice(index, 1))} />
            {list.length > 1 && (
              <span className="move-hint" aria-hidden>
                <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> moves this bullet
              </span>
            )}
          </li>
        ))}
      </ul>
      <Add what="Bullet" onClick={() => change((draft) => pick(draft)?.push({ id: nextId(draft, 'b'), text: typed('New bullet'), level: 0 }))} />
    </>
  );
}

type WorkProps = ParsedProps & { part: 'work' | 'volunteer'; title: string };

function WorkSection(props: WorkProps) {
  const { resume, part, title, change, changeWithUndo } = props;
  const list = resume[part] ?? [];
  const kind = part === 'work' ? 'w' : 'v';
  return (
    <Section
      name={part}
      title={title}
      action={
        <Add
          what="Entry"
          onClick={() =>
            change((draft) => {
              draft[part] = [{ id: nextId(draft, kind), highlights: [] }, ...(draft[part] ?? [])];
            })
          }
        />
      }
    >
      {list.length === 0 && <p className="muted">Nothing was found here. Add what is missing.</p>}
      {list.map((work, index) => {
        const name = work.company?.value ?? work.position?.value ?? `entry ${index + 1}`;
        const set = (key: 'position' | 'company' | 'location' | 'start' | 'end' | 'summary') => (field: Field | null) =>
          change((draft) => {
            const target = draft[part]?.[index];
            if (target) target[key] = field;
          });
        return (
          <article className="entry" key={work.id} aria-label={name}>
            <div className="entry-head">
              <EditField label="Position" field={work.position} className="strong" onChange={set('position')} />
              <Remove
                what={name}
                onClick={() =>
                  changeWithUndo(`${name} is removed.`, (draft) => {
                    draft[part]?.splice(index, 1);
                  })
                }
              />
            </div>
            <div className="entry-meta">
              <EditField label={part === 'work' ? 'Company' : 'Organisation'} field={work.company} onChange={set('company')} />
              <EditField label="Place" field={work.location} onChange={set('location')} />
              <span className="dates">
                <EditField label="Start" field={work.start} date onChange={set('start')} />
                <span aria-hidden>–</span>
                <EditField label="End" field={work.end} date onChange={set('end')} />
              </span>
            </div>
            {work.summary && <EditField label={`About ${name}`} field={work.summary} onChange={set('summary')} />}
            <Bullets {...props} list={work.highlights ?? []} pick={(draft) => draft[part]?.[index]?.highlights} entry={name} />
          </article>
        );
      })}
    </Section>
  );
}

function Education(props: ParsedProps) {
  const { resume, change, changeWithUndo } = props;
  return (
    <Section
      name="education"
      title="Education"
      action={
        <Add
          what="Entry"
          onClick={() =>
            change((draft) => {
              draft.education = [{ id: nextId(draft, 'e'), highlights: [], courses: [] }, ...(draft.education ?? [])];
            })
          }
        />
      }
    >
      {!resume.education?.length && <p className="muted">Nothing was found here. Add what is missing.</p>}
      {resume.education?.map((entry, index) => {
        const name = entry.institution?.value ?? entry.study_type?.value ?? `entry ${index + 1}`;
        const set = (key: 'study_type' | 'area' | 'institution' | 'location' | 'start' | 'end' | 'score') => (field: Field | null) =>
          change((draft) => {
            const target = draft.education?.[index];
            if (target) target[key] = field;
          });
        return (
          <article className="entry" key={entry.id} aria-label={name}>
            <div className="entry-head">
              <EditField label="School" field={entry.institution} className="strong" onChange={set('institution')} />
              <Remove what={name} onClick={() => changeWithUndo(`${name} is removed.`, (draft) => draft.education?.splice(index, 1))} />
            </div>
            <div className="entry-meta">
              <EditField label="Degree" field={entry.study_type} onChange={set('study_type')} />
              <EditField label="Subject" field={entry.area} onChange={set('area')} />
              <span className="dates">
                <EditField label="Start" field={entry.start} date onChange={set('start')} />
                <span aria-hidden>–</span>
                <EditField label="End" field={entry.end} date onChange={set('end')} />
              </span>
              <EditField label="Grade" field={entry.score} onChange={set('score')} />
            </div>
            {!!entry.highlights?.length && <Bullets {...props} list={entry.highlights} pick={(draft) => draft.education?.[index]?.highlights} entry={name} />}
          </article>
        );
      })}
    </Section>
  );
}

function Skills({ resume, change, changeWithUndo }: ParsedProps) {
  return (
    <Section
      name="skills"
      title="Skills"
      action={
        <Add
          what="Group"
          onClick={() =>
            change((draft) => {
              draft.skills = [...(draft.skills ?? []), { id: nextId(draft, 's'), name: typed('New group'), keywords: [] }];
            })
          }
        />
      }
    >
      {!resume.skills?.length && <p className="muted">Nothing was found here. Add what is missing.</p>}
      {resume.skills?.map((group, index) => {
        const name = group.name?.value ?? 'skills';
        return (
          <div className="skill-group" key={group.id}>
            {group.name && (
              <EditField
                label="Group"
                field={group.name}
                className="strong"
                onChange={(field) =>
                  change((draft) => {
                    const target = draft.skills?.[index];
                    if (target) target.name = field;
                  })
                }
              />
            )}
            <ul className="keywords">
              {group.keywords?.map((keyword, at) => (
                <li key={`${at}-${keyword.value}`}>
                  <EditField
                    label={`Skill ${at + 1} of ${name}`}
                    field={keyword}
                    onChange={(field) =>
                      change((draft) => {
                        const list = draft.skills?.[index]?.keywords;
                        if (field && list) list[at] = field;
                        else list?.splice(at, 1);
                      })
                    }
                  />
                  <Remove what={keyword.value} onClick={() => changeWithUndo(`${keyword.value} is removed.`, (draft) => draft.skills?.[index]?.keywords?.splice(at, 1))} />
                </li>
              ))}
              <li>
                <Add what="Skill" onClick={() => change((draft) => draft.skills?.[index]?.keywords?.push(typed('New skill')))} />
              </li>
            </ul>
          </div>
        );
      })}
    </Section>
  );
}

function Projects(props: ParsedProps) {
  const { resume, change, changeWithUndo } = props;
  return (
    <Section name="projects" title="Projects">
      {resume.projects?.map((project, index) => {
        const set = (key: 'role' | 'description' | 'url' | 'start' | 'end') => (field: Field | null) =>
          change((draft) => {
            const target = draft.projects?.[index];
            if (target) target[key] = field;
          });
        return (
          <article className="entry" key={project.id} aria-label={project.name.value}>
            <div className="entry-head">
              <EditField
                label="Project"
                field={project.name}
                className="strong"
                onChange={(field) =>
                  change((draft) => {
                    const target = draft.projects?.[index];
                    if (target && field) target.name = field;
                  })
                }
              />
              <Remove what={project.name.value} onClick={() => changeWithUndo(`${project.name.value} is removed.`, (draft) => draft.projects?.splice(index, 1))} />
            </div>
            <div className="entry-meta">
              {project.role && <EditField label="Role" field={project.role} onChange={set('role')} />}
              {project.url && <EditField label="Link" field={project.url} onChange={set('url')} />}
              {(project.start ?? project.end) && (
                <span className="dates">
                  <EditField label="Start" field={project.start} date onChange={set('start')} />
                  <span aria-hidden>–</span>
                  <EditField label="End" field={project.end} date onChange={set('end')} />
                </span>
              )}
            </div>
            {project.description && <EditField label="Description" field={project.description} onChange={set('description')} />}
            <Bullets {...props} list={project.highlights ?? []} pick={(draft) => draft.projects?.[index]?.highlights} entry={project.name.value} />
          </article>
        );
      })}
    </Section>
  );
}

const CREDENTIALS = { certificates: 'Certificates', awards: 'Awards', publications: 'Publications' };

function Credentials({ resume, change, changeWithUndo, part }: ParsedProps & { part: keyof typeof CREDENTIALS }) {
  return (
    <Section name={part} title={CREDENTIALS[part]}>
      {resume[part]?.map((item, index) => {
        const set = (key: 'issuer' | 'date' | 'summary') => (field: Field | null) =>
          change((draft) => {
            const target = draft[part]?.[index];
            if (target) target[key] = field;
          });
        return (
          <article className="entry" key={item.id} aria-label={item.name.value}>
            <div className="entry-head">
              <EditField
                label="Name"
                field={item.name}
                className="strong"
                onChange={(field) =>
                  change((draft) => {
                    const target = draft[part]?.[index];
                    if (target && field) target.name = field;
                  })
                }
              />
              <Remove what={item.name.value} onClick={() => changeWithUndo(`${item.name.value} is removed.`, (draft) => draft[part]?.splice(index, 1))} />
            </div>
            <div className="entry-meta">
              <EditField label="Issuer" field={item.issuer} onChange={set('issuer')} />
              <EditField label="Date" field={item.date} date className="short" onChange={set('date')} />
            </div>
            {item.summary && <EditField label="Details" field={item.summary} onChange={set('summary')} />}
          </article>
        );
      })}
    </Section>
  );
}

function Languages({ resume, change, changeWithUndo }: ParsedProps) {
  return (
    <Section name="languages" title="Languages">
      {resume.languages?.map((item, index) => (
        <div className="pair" key={item.id}>
          <EditField
            label="Language"
            field={item.language}
            className="strong"
            onChange={(field) =>
              change((draft) => {
                const target = draft.languages?.[index];
                if (target && field) target.language = field;
              })
            }
          />
          <EditField
            label="Level"
            field={item.fluency}
            onChange={(field) =>
              change((draft) => {
                const target = draft.languages?.[index];
                if (target) target.fluency = field;
              })
            }
          />
          <Remove what={item.language.value} onClick={() => changeWithUndo(`${item.language.value} is removed.`, (draft) => draft.languages?.splice(index, 1))} />
        </div>
      ))}
    </Section>
  );
}

function Interests({ resume, change }: ParsedProps) {
  return (
    <Section name="interests" title="Interests">
      {resume.interests?.map((item, index) => (
        <div className="pair" key={item.id}>
          <EditField
            label="Interest"
            field={item.name}
            onChange={(field) =>
              change((draft) => {
                const target = draft.interests?.[index];
                if (target && field) target.name = field;
                else if (target) draft.interests?.splice(index, 1);
              })
            }
          />
          {!!item.keywords?.length && <span className="muted">{item.keywords.map((keyword) => keyword.value).join(', ')}</span>}
        </div>
      ))}
    </Section>
  );
}

function References({ resume, change }: ParsedProps) {
  return (
    <Section name="references" title="References">
      {resume.references?.map((item, index) => (
        <div className="pair" key={item.id}>
          <EditField
            label="Name"
            field={item.name}
            className="strong"
            onChange={(field) =>
              change((draft) => {
                const target = draft.references?.[index];
                if (target && field) target.name = field;
              })
            }
          />
          <EditField
            label="Reference"
            field={item.reference}
            onChange={(field) =>
              change((draft) => {
                const target = draft.references?.[index];
                if (target) target.reference = field;
              })
            }
          />
        </div>
      ))}
    </Section>
  );
}
