// Sections whose entries are a line each: languages, interests, references, and lines that belong nowhere else.
import { nextId, typed } from '../../lib/fields';
import { t } from '../../lib/i18n';
import { EditField } from './EditField';
import type { SectionsProps } from './parts';
import { Add, Bullets, Entries, HandleContext, Remove, Section, removeEntry } from './parts';
import { useContext } from 'react';

export function Languages(props: SectionsProps) {
  const { change } = props;
  return (
    <Section
      name="languages"
      title={t('section.languages')}
      action={
        <Add
          what={t('resume.add.entry')}
          onClick={() =>
            change((draft) => {
              draft.languages = [...(draft.languages ?? []), { id: nextId(draft, 'l'), language: typed(t('field.language')) }];
            })
          }
        />
      }
    >
      <Entries {...props} part="languages" nameOf={(item) => item.language.value}>
        {(item, index, handle) => (
          <div className="pair">
            {handle}
            <EditField
              label={t('field.language')}
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
              label={t('field.level')}
              field={item.fluency}
              onChange={(field) =>
                change((draft) => {
                  const target = draft.languages?.[index];
                  if (target) target.fluency = field;
                })
              }
            />
            <Remove what={item.language.value} onClick={() => removeEntry(props, 'languages', item.id, item.language.value)} />
          </div>
        )}
      </Entries>
    </Section>
  );
}

export function Interests(props: SectionsProps) {
  const { change } = props;
  return (
    <Section
      name="interests"
      title={t('section.interests')}
      action={
        <Add
          what={t('resume.add.entry')}
          onClick={() =>
            change((draft) => {
              draft.interests = [...(draft.interests ?? []), { id: nextId(draft, 'i'), name: typed(t('field.interest')), keywords: [] }];
            })
          }
        />
      }
    >
      <Entries {...props} part="interests" nameOf={(item) => item.name.value}>
        {(item, index, handle) => (
          <div className="pair">
            {handle}
            <EditField
              label={t('field.interest')}
              field={item.name}
              onChange={(field) =>
                change((draft) => {
                  const target = draft.interests?.[index];
                  if (target && field) target.name = field;
                })
              }
            />
            <span className="muted">{item.keywords?.map((keyword) => keyword.value).join(', ')}</span>
            <Remove what={item.name.value} onClick={() => removeEntry(props, 'interests', item.id, item.name.value)} />
          </div>
        )}
      </Entries>
    </Section>
  );
}

export function References(props: SectionsProps) {
  const { change } = props;
  return (
    <Section
      name="references"
      title={t('section.references')}
      action={
        <Add
          what={t('resume.add.entry')}
          onClick={() =>
            change((draft) => {
              draft.references = [...(draft.references ?? []), { id: nextId(draft, 'r'), name: typed(t('field.name')) }];
            })
          }
        />
      }
    >
      <Entries {...props} part="references" nameOf={(item) => item.name.value}>
        {(item, index, handle) => (
          <div className="pair">
            {handle}
            <EditField
              label={t('field.name')}
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
              label={t('field.reference')}
              field={item.reference}
              onChange={(field) =>
                change((draft) => {
                  const target = draft.references?.[index];
                  if (target) target.reference = field;
                })
              }
            />
            <Remove what={item.name.value} onClick={() => removeEntry(props, 'references', item.id, item.name.value)} />
          </div>
        )}
      </Entries>
    </Section>
  );
}

export function Extras(props: SectionsProps) {
  const handle = useContext(HandleContext);
  return (
    <div className="stack tight">
      {props.resume.extras?.map((extra, index) => (
        <HandleContext key={extra.id} value={index === 0 ? handle : null}>
          <Section name="extras" title={extra.heading.value || t('section.extras')}>
            <Bullets {...props} list={extra.lines ?? []} pick={(draft) => draft.extras?.[index]?.lines} entry={t('resume.the-section')} />
          </Section>
        </HandleContext>
      ))}
    </div>
  );
}
