// Sections whose entries are a line each: languages, interests, references, and lines that belong nowhere else.
import { useContext } from 'react';
import { nextId, typed } from '../../lib/fields';
import { t } from '../../lib/i18n';
import { EditField } from './EditField';
import type { SectionsProps } from './parts';
import { AddEntry, Bullets, Entries, HandleContext, Remove, Section, removeEntry, writerOf } from './parts';

export function Languages(props: SectionsProps) {
  const add = <AddEntry change={props.change} part="languages" make={(draft) => ({ id: nextId(draft, 'l'), language: typed(t('field.language')) })} />;
  return (
    <Section name="languages" title={t('section.languages')} action={add}>
      <Entries {...props} part="languages" nameOf={(item) => item.language.value}>
        {(item, index, handle) => {
          const { set, keep } = writerOf(props.change, 'languages', index);
          return (
            <div className="pair">
              {handle}
              <EditField label={t('field.language')} field={item.language} className="strong" onChange={keep('language')} />
              <EditField label={t('field.level')} field={item.fluency} onChange={set('fluency')} />
              <Remove what={item.language.value} onClick={() => removeEntry(props, 'languages', item.id, item.language.value)} />
            </div>
          );
        }}
      </Entries>
    </Section>
  );
}

export function Interests(props: SectionsProps) {
  const add = <AddEntry change={props.change} part="interests" make={(draft) => ({ id: nextId(draft, 'i'), name: typed(t('field.interest')), keywords: [] })} />;
  return (
    <Section name="interests" title={t('section.interests')} action={add}>
      <Entries {...props} part="interests" nameOf={(item) => item.name.value}>
        {(item, index, handle) => (
          <div className="pair">
            {handle}
            <EditField label={t('field.interest')} field={item.name} onChange={writerOf(props.change, 'interests', index).keep('name')} />
            <span className="muted">{item.keywords?.map((keyword) => keyword.value).join(', ')}</span>
            <Remove what={item.name.value} onClick={() => removeEntry(props, 'interests', item.id, item.name.value)} />
          </div>
        )}
      </Entries>
    </Section>
  );
}

export function References(props: SectionsProps) {
  const add = <AddEntry change={props.change} part="references" make={(draft) => ({ id: nextId(draft, 'r'), name: typed(t('field.name')) })} />;
  return (
    <Section name="references" title={t('section.references')} action={add}>
      <Entries {...props} part="references" nameOf={(item) => item.name.value}>
        {(item, index, handle) => {
          const { set, keep } = writerOf(props.change, 'references', index);
          return (
            <div className="pair">
              {handle}
              <EditField label={t('field.name')} field={item.name} className="strong" onChange={keep('name')} />
              <EditField label={t('field.reference')} field={item.reference} onChange={set('reference')} />
              <Remove what={item.name.value} onClick={() => removeEntry(props, 'references', item.id, item.name.value)} />
            </div>
          );
        }}
      </Entries>
    </Section>
  );
}

export function Extras(props: SectionsProps) {
  const handle = useContext(HandleContext);
  return (
    <div className="stack">
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
