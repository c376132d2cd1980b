// Applying: choose what goes, see exactly what would be sent and where, then send that, once. Where the board takes no
// application by API, a package and the link.
import { Download, ExternalLink, Send } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { save } from '../../api/files';
import { useLetters, useTailorings } from '../../api/queries';
import { day, t } from '../../lib/i18n';
import { inTeam } from '../../lib/team';
import { Button, ProblemCard } from '../../ui/basics';
import { Dialog } from '../../ui/Dialog';
import type { Opening, Preview } from './queries';
import { usePreviewApplication, useSendApplication } from './queries';
import { SendList } from './SendList';

type ApplyDialogProps = { resumeId: string; opening: Opening; onClose: () => void };
export type Answers = Record<string, string[]>;
/** As which a résumé is sent. */
const FORMATS = ['pdf', 'docx'] as const;
type Choice = { tailoring_id: string; letter_id: string; format: string };

export function ApplyDialog({ resumeId, opening, onClose }: ApplyDialogProps) {
  const [choice, setChoice] = useState<Choice>({ tailoring_id: '', letter_id: '', format: 'pdf' });
  const [answers, setAnswers] = useState<Answers>({});
  /** Whether what is shown is what is chosen now. */
  const [fresh, setFresh] = useState(false);
  const preview = usePreviewApplication(resumeId);
  const send = useSendApplication(resumeId);
  // What was shown stays while it is asked for anew.
  const [shown, setShown] = useState<Preview | null>(null);
  /** What was confirmed last: two quick clicks are one. */
  const confirmed = useRef('');
  const confirm = (by: Schemas['ApplicationConfirmation']) => {
    if (confirmed.current === by.token) return;
    confirmed.current = by.token;
    send.mutate(by);
  };
  const show = () => {
    send.reset();
    setFresh(false);
    preview.mutate(
      { board: opening.board, account: opening.account, posting: opening.id, tailoring_id: choice.tailoring_id || null, letter_id: choice.letter_id || null, format: choice.format, answers },
      {
        onSuccess: (now) => {
          setShown(now);
          setFresh(true);
        },
      },
    );
  };
  const change = (next: Partial<Choice>) => {
    setChoice({ ...choice, ...next });
    setFresh(false);
  };
  if (send.data) {
    return (
      <Dialog title={t('apply.title', { job: opening.title })} onClose={onClose}>
        <p role="status">{t('apply.sent', { company: shown?.company ?? '' })}</p>
        {send.data.sent && <p className="muted small">{t('apply.answered', { answer: [send.data.sent.answer, send.data.sent.receipt].filter(Boolean).join(' · ') })}</p>}
        <div className="row dialog-actions">
          <Link className="button" to="/applications">
            {t('apply.to-board')}
          </Link>
          <Button look="primary" onClick={onClose}>
            {t('close')}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('apply.title', { job: opening.title })} className="wide" onClose={onClose}>
      <p className="muted">{t('apply.lead')}</p>
      <Chooser resumeId={resumeId} choice={choice} onChange={change} />
      {shown && !shown.why_not && (
        <SendList
          preview={shown}
          answers={answers}
          onAnswer={(name, values) => {
            setAnswers({ ...answers, [name]: values });
            setFresh(false);
          }}
        />
      )}
      {shown?.why_not && <p role="status">{t(`apply.why.${shown.why_not}`)}</p>}
      {preview.isError && <ProblemCard error={preview.error} />}
      {send.isError && <ProblemCard error={send.error} />}
      {shown && !shown.why_not && <Standing preview={shown} fresh={fresh} pending={preview.isPending} />}
      <div className="row wrap dialog-actions">
        {!shown?.why_not && (
          <Button look={fresh && shown?.confirm && !send.isError ? 'plain' : 'primary'} disabled={preview.isPending || send.isPending} onClick={show}>
            {preview.isPending ? t('apply.showing') : shown ? t('apply.show-again') : t('apply.show')}
          </Button>
        )}
        {fresh && shown?.confirm && !send.isError && (
          <Button look="primary" disabled={send.isPending || preview.isPending} onClick={() => shown.confirm && confirm(shown.confirm)}>
            <Send size={15} aria-hidden /> {send.isPending ? t('apply.sending') : t('apply.send', { company: shown.company })}
          </Button>
        )}
      </div>
      <Package resumeId={resumeId} opening={opening} choice={choice} />
    </Dialog>
  );
}

/** What stands between what is shown and sending it. */
function Standing({ preview, fresh, pending }: { preview: Preview; fresh: boolean; pending: boolean }) {
  const labels = preview.fields.filter(({ name }) => preview.missing.includes(name)).map(({ label }) => label);
  const files = preview.missing.filter((name) => !preview.fields.some((field) => field.name === name));
  return (
    <div role="status" className="stack">
      {preview.sent_before && <p className="problem">{t('apply.before', { day: day(new Date(preview.sent_before)) })}</p>}
      {!fresh && !pending && <p>{t('apply.changed')}</p>}
      {fresh && preview.missing.length > 0 && <p>{t('apply.missing', { names: [...labels, ...files].join(', ') })}</p>}
      {fresh && preview.confirm && <p className="muted small">{t('apply.until', { time: new Date(preview.confirm.expires_at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) })}</p>}
    </div>
  );
}

function Chooser({ resumeId, choice, onChange }: { resumeId: string; choice: Choice; onChange: (next: Partial<Choice>) => void }) {
  const tailorings = useTailorings(resumeId);
  const letters = useLetters(resumeId);
  const id = useId();
  const name = (job: { title?: string | null; company?: string | null }) => [job.title ?? t('job.untitled'), job.company].filter(Boolean).join(' · ');
  return (
    <div className="row wrap apply-choice">
      <label className="labelled" htmlFor={`${id}-resume`}>
        <span className="small muted">{t('apply.resume')}</span>
        <select id={`${id}-resume`} className="select" value={choice.tailoring_id} onChange={(event) => onChange({ tailoring_id: event.target.value })}>
          <option value="">{t('apply.as-it-is')}</option>
          {tailorings.data?.map((tailoring) => (
            <option key={tailoring.id} value={tailoring.id}>
              {t('apply.tailored', { job: name(tailoring) })}
            </option>
          ))}
        </select>
      </label>
      <label className="labelled" htmlFor={`${id}-letter`}>
        <span className="small muted">{t('apply.letter')}</span>
        <select id={`${id}-letter`} className="select" value={choice.letter_id} onChange={(event) => onChange({ letter_id: event.target.value })}>
          <option value="">{t('apply.no-letter')}</option>
          {letters.data?.map((letter) => (
            <option key={letter.id} value={letter.id}>
              {name(letter)}
            </option>
          ))}
        </select>
      </label>
      <label className="labelled" htmlFor={`${id}-format`}>
        <span className="small muted">{t('apply.format')}</span>
        <select id={`${id}-format`} className="select" value={choice.format} onChange={(event) => onChange({ format: event.target.value })}>
          {FORMATS.map((format) => (
            <option key={format} value={format}>
              {t(`export.${format}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Package({ resumeId, opening, choice }: { resumeId: string; opening: Opening; choice: Choice }) {
  const [failure, setFailure] = useState<unknown>(null);
  const link = opening.apply_url ?? opening.url;
  const download = async () => {
    setFailure(null);
    const query = new URLSearchParams({ title: opening.title, company: opening.company ?? '', link });
    if (choice.tailoring_id) query.set('tailoring_id', choice.tailoring_id);
    if (choice.letter_id) query.set('letter_id', choice.letter_id);
    try {
      await save(inTeam(`/api/v1/resumes/${resumeId}/package?${query}`), 'application.zip');
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <div className="stack apply-package">
      <p className="muted small">{t('apply.package.why')}</p>
      <div className="row wrap">
        <Button onClick={() => void download()}>
          <Download size={15} aria-hidden /> {t('apply.package')}
        </Button>
        {/^https?:\/\//.test(link) && (
          <a className="button quiet" href={link} target="_blank" rel="noreferrer noopener">
            <ExternalLink size={15} aria-hidden /> {t('apply.on-page')}
          </a>
        )}
      </div>
      {failure !== null && <ProblemCard error={failure} />}
    </div>
  );
}
