// Everything that would be sent: the address, each answer, each file with its size and its sum. Answers can be changed here.
import { useId } from 'react';
import type { Schemas } from '../../api/client';
import { num, t } from '../../lib/i18n';
import type { Answers } from './ApplyDialog';
import type { Preview } from './queries';

type Field = Schemas['FieldSent'];
type SendListProps = { preview: Preview; answers: Answers; onAnswer: (name: string, values: string[]) => void };

export function SendList({ preview, answers, onAnswer }: SendListProps) {
  const id = useId();
  return (
    <section className="stack send-list" aria-labelledby={id}>
      <h3 id={id}>{t('apply.what')}</h3>
      <p className="small">
        <span className="muted">{t('apply.to')}</span> <code>{preview.to}</code>
      </p>
      <h4>{t('apply.answers')}</h4>
      <div className="send-fields">
        {preview.fields.map((field) => (
          <Answer key={field.name} field={field} values={answers[field.name] ?? field.values} missing={preview.missing.includes(field.name)} onAnswer={(values) => onAnswer(field.name, values)} />
        ))}
      </div>
      <h4>{t('apply.files')}</h4>
      <ul className="small send-files">
        {preview.files.map((file) => (
          <li key={file.label}>
            <span className="muted">{file.label}</span> {t('apply.file', { name: file.file_name, size: `${num(Math.ceil(file.size / 1000))} kB` })}
            <code>
              {t('apply.sum')} {file.sha256}
            </code>
          </li>
        ))}
      </ul>
    </section>
  );
}

type AnswerProps = { field: Field; values: string[]; missing: boolean; onAnswer: (values: string[]) => void };

function Answer({ field, values, missing, onAnswer }: AnswerProps) {
  const id = useId();
  const label = (
    <span className={missing ? 'send-missing' : 'muted'}>
      {field.label}
      {field.required && <span> ({t('apply.required')})</span>}
    </span>
  );
  if (field.kind === 'choices') {
    return (
      <fieldset className="choices">
        <legend className="small">{label}</legend>
        {field.choices.map((choice) => (
          <label key={choice.value} className="row tight">
            <input type="checkbox" checked={values.includes(choice.value)} onChange={(event) => onAnswer(event.target.checked ? [...values, choice.value] : values.filter((one) => one !== choice.value))} /> {choice.label}
          </label>
        ))}
      </fieldset>
    );
  }
  const value = values[0] ?? '';
  const set = (text: string) => onAnswer(text === '' ? [] : [text]);
  return (
    <label className={field.kind === 'long-text' ? 'labelled long' : 'labelled'} htmlFor={id}>
      <span className="small">{label}</span>
      {field.kind === 'choice' ? (
        <select id={id} className="select" value={value} required={field.required} onChange={(event) => set(event.target.value)}>
          <option value="">{t('apply.open')}</option>
          {field.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : field.kind === 'long-text' ? (
        <textarea id={id} className="textarea" rows={5} value={value} maxLength={10_000} required={field.required} onChange={(event) => set(event.target.value)} />
      ) : (
        <input id={id} className="input" value={value} maxLength={2_000} required={field.required} placeholder={t('apply.open')} onChange={(event) => set(event.target.value)} />
      )}
    </label>
  );
}
