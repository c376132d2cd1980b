// Who it is, and the summary.
import type { Field, Resume } from '../../api/client';
import { t } from '../../lib/i18n';
import { EditField } from './EditField';
import type { SectionsProps } from './parts';
import { Section } from './parts';

const EMPTY_CONTACT: NonNullable<Resume['contact']> = { name: null, label: null, email: null, phone: null, location: null, url: null, profiles: [] };

export function Contact({ resume, change }: Pick<SectionsProps, 'resume' | 'change'>) {
  const contact = resume.contact;
  const set = (key: 'name' | 'label' | 'email' | 'phone' | 'url') => (field: Field | null) =>
    change((draft) => {
      draft.contact = { ...(draft.contact ?? EMPTY_CONTACT), [key]: field };
    });
  return (
    <Section name="contact" title={t('section.contact')}>
      <EditField label={t('field.name')} field={contact?.name} className="big" onChange={set('name')} />
      <EditField label={t('field.headline')} field={contact?.label} onChange={set('label')} />
      <div className="grid-fields">
        <EditField label={t('field.email')} field={contact?.email} onChange={set('email')} />
        <EditField label={t('field.phone')} field={contact?.phone} onChange={set('phone')} />
        <EditField
          label={t('field.place')}
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
        <EditField label={t('field.url')} field={contact?.url} onChange={set('url')} />
        {contact?.profiles?.map((profile, index) => (
          <EditField
            key={index}
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

export function Summary({ resume, change }: Pick<SectionsProps, 'resume' | 'change'>) {
  return (
    <Section name="summary" title={t('section.summary')}>
      <EditField
        label={t('field.summary')}
        field={resume.summary}
        placeholder={t('field.summary.placeholder')}
        onChange={(field) =>
          change((draft) => {
            draft.summary = field;
          })
        }
      />
    </Section>
  );
}
