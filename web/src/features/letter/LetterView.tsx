// The letter to edit, with what each sentence rests on; beside it the very page that will be exported.
import './letter.css';
import { Download, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTemplates } from '../../api/queries';
import { t } from '../../lib/i18n';
import { inTeam } from '../../lib/team';
import { AskModel, ByModel } from '../../ui/AskModel';
import { Locked } from '../../ui/ReadOnly';
import { Button, Chip, Loading, ProblemCard } from '../../ui/basics';
import { WishFields } from './WishFields';
import type { Letter, LetterChange, LetterDetail } from './queries';
import { useChangeLetter, useLetter, useLetterPreview, useWordLetter } from './queries';
import { paragraphText, resplit, sentenceSaying } from './sentences';

const FORMATS = ['pdf', 'docx', 'odt', 'txt', 'md'] as const;

type LetterViewProps = { letterId: string };

export function LetterView({ letterId }: LetterViewProps) {
  const letter = useLetter(letterId);
  const change = useChangeLetter(letterId);
  const word = useWordLetter(letterId);
  if (letter.isPending) return <Loading what={t('letter.loading')} />;
  if (letter.isError) return <ProblemCard error={letter.error} />;
  const detail = letter.data;
  return (
    <div className="letter-columns">
      <div className="stack">
        <Locked>
          <div className="row wrap spread letter-wishes">
            <WishFields wish={detail.wish} onChange={(wish) => change.mutate({ wish: { ...wish, variant: 0 } })} />
            <Button disabled={change.isPending} onClick={() => change.mutate({ wish: { ...detail.wish, variant: (detail.wish.variant + 1) % 12 } })}>
              <RefreshCw size={15} aria-hidden /> {t('letter.another')}
            </Button>
          </div>
          {change.isError && <ProblemCard error={change.error} />}
          <AskModel asked={detail.letter.asked} isPending={word.isPending} error={word.error} onAsk={() => word.mutate()} />
          {detail.letter.notes.map((note) => (
            <p key={note} className="small muted">
              {t(`letter.note.${note}`)}
            </p>
          ))}
          <Violations detail={detail} onChange={change.mutate} />
          <Editor key={detail.version} letter={detail.letter} onChange={(next) => change.mutate({ letter: next })} />
        </Locked>
        <p role="status" className="small muted">
          {change.isPending ? t('career.saving') : change.isSuccess ? t('career.saved') : ''}
        </p>
      </div>
      <Pages detail={detail} />
    </div>
  );
}

/** What the gate refuses, each with the way to confirm it. */
function Violations({ detail, onChange }: { detail: LetterDetail; onChange: (change: LetterChange) => void }) {
  if (detail.violations.length === 0) return null;
  const sentences = [...detail.letter.paragraphs.flatMap((p) => p.sentences), { text: detail.letter.subject, evidence: [] }].filter(({ text }) => !detail.facts.some((fact) => fact.text === text));
  const confirm = (words: string) => {
    onChange({ facts: [...detail.facts, { text: sentenceSaying(sentences, words) ?? words }] });
  };
  return (
    <div className="problem" role="alert">
      <strong>{t('letter.unbacked')}</strong>
      <p>{t('letter.unbacked.lead')}</p>
      <ul className="stack">
        {detail.violations.map((violation, index) => (
          <li key={index} className="row spread wrap">
            <span>
              <Chip tone="bad">{violation.text}</Chip> {violation.message}
            </span>
            <Button slim onClick={() => confirm(violation.text)}>
              {t('letter.confirm')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Editor({ letter, onChange }: { letter: Letter; onChange: (letter: Letter) => void }) {
  const paragraph = (index: number, text: string) => {
    const old = letter.paragraphs[index];
    if (!old || text.trim() === paragraphText(old.sentences)) return;
    const sentences = resplit(old.sentences, text);
    const paragraphs = letter.paragraphs.map((p, n) => (n === index ? { ...p, sentences } : p)).filter((p) => p.sentences.length > 0);
    onChange({ ...letter, paragraphs });
  };
  const line = (key: 'subject' | 'salutation' | 'closing') => (
    <Box label={t(`letter.${key}`)} rows={1} text={letter[key]} onDone={(text) => text !== letter[key] && onChange({ ...letter, [key]: text.trim() })} />
  );
  return (
    <div className="stack letter-editor">
      {line('subject')}
      {line('salutation')}
      {letter.paragraphs.map((p, index) => (
        <div key={index} className="stack letter-paragraph">
          <Box label={t(`letter.part.${p.part}`)} rows={4} text={paragraphText(p.sentences)} onDone={(text) => paragraph(index, text)} />
          {p.sentences.some((s) => s.evidence.length > 0) && (
            <details className="small">
              <summary>{t('letter.rests')}</summary>
              <ul className="stack">
                {p.sentences.map((s, n) => (
                  <li key={n}>
                    {s.text}
                    {s.author === 'model' && <ByModel />}
                    {s.posting && (
                      <div className="muted">
                        {t('letter.answers')} “{s.posting.text}”
                      </div>
                    )}
                    {s.evidence.map((proof, k) => (
                      <blockquote key={k}>{proof.quote}</blockquote>
                    ))}
                    {s.evidence.length === 0 && <div className="muted">{t('letter.courtesy')}</div>}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      ))}
      {line('closing')}
    </div>
  );
}

function Box({ label, rows, text, onDone }: { label: string; rows: number; text: string; onDone: (text: string) => void }) {
  const [value, setValue] = useState(text);
  const high = Math.max(rows, Math.ceil(value.length / 62));
  return (
    <label>
      <span className="small muted">{label}</span>
      {rows === 1 ? (
        <input className="input" value={value} onChange={(event) => setValue(event.target.value)} onBlur={() => onDone(value)} />
      ) : (
        <textarea className="textarea" rows={high} value={value} onChange={(event) => setValue(event.target.value)} onBlur={() => onDone(value)} />
      )}
    </label>
  );
}

function Pages({ detail }: { detail: LetterDetail }) {
  const templates = useTemplates();
  const [chosen, setChosen] = useState<string | null>(null);
  const template = chosen ?? templates.data?.find((one) => one.default)?.name ?? '';
  const preview = useLetterPreview(detail.id, template, detail.version);
  const blocked = detail.violations.length > 0;
  return (
    <section className="stack letter-pages" aria-busy={preview.isFetching}>
      <div className="row wrap">
        <label>
          <span className="small muted">{t('letter.template')}</span>
          <select className="input" value={template} onChange={(event) => setChosen(event.target.value)}>
            {templates.data?.map((one) => (
              <option key={one.name} value={one.name}>
                {one.title}
              </option>
            ))}
          </select>
        </label>
        {FORMATS.map((format) =>
          blocked ? (
            <Button key={format} disabled>
              {format.toUpperCase()}
            </Button>
          ) : (
            <a key={format} className={`button ${format === 'pdf' ? 'primary' : ''}`} download href={inTeam(`/api/v1/letters/${detail.id}/export?format=${format}&template=${encodeURIComponent(template)}`)}>
              {format === 'pdf' && <Download size={15} aria-hidden />} {format.toUpperCase()}
              <span className="hidden-visually"> {t('letter.download')}</span>
            </a>
          ),
        )}
      </div>
      {preview.isError && <ProblemCard error={preview.error} />}
      {preview.data?.pages.map((svg, index) => (
        <img key={index} className="sheet" src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt={t('letter.page', { n: index + 1 })} />
      ))}
    </section>
  );
}
