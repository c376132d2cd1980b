// What reviewers wrote on the pages of one's links, and one's own notes: read, answered, settled, deleted.
import './comments.css';
import { Check, MessageSquare, RotateCcw } from 'lucide-react';
import type { SubmitEvent } from 'react';
import { useId } from 'react';
import { useMay, useShares } from '../../api/queries';
import { submitted } from '../../lib/forms';
import { t, tn } from '../../lib/i18n';
import { TEAM } from '../../lib/team';
import { sayWhen } from '../../lib/words';
import { Button, Chip, Loading, ProblemCard } from '../../ui/basics';
import { DeleteButton } from '../../ui/DeleteButton';
import { useToast } from '../../ui/Toasts';
import type { Comment } from './queries';
import { useComments, useDeleteComment, useSettleComment, useWriteComment } from './queries';

const LONGEST = 4000;

type CommentsPanelProps = { resumeId: string; /** Says nothing while there is nothing to read. */ quiet?: boolean };

export function CommentsPanel({ resumeId, quiet = false }: CommentsPanelProps) {
  const comments = useComments(resumeId);
  const shares = useShares();
  const may = useMay();
  const links = shares.data?.filter((share) => share.resume_id === resumeId) ?? [];
  const labelOf = (id: string | null | undefined) => links.find((share) => share.id === id)?.label;
  const open = comments.data?.filter((comment) => !comment.resolved) ?? [];
  const settled = comments.data?.filter((comment) => comment.resolved) ?? [];
  // Only those links whose visitors may comment show an answer.
  const answerable = links.filter((share) => share.state === 'open' && share.role === 'commenter');
  if (quiet && !comments.data?.length) return null;
  return (
    <details className="card comments">
      <summary>
        <MessageSquare size={15} aria-hidden /> {t('comments.title')} {open.length > 0 && <Chip tone="accent">{tn('comments.open', open.length)}</Chip>}
      </summary>
      {comments.isPending && <Loading what={t('comments.title')} />}
      {comments.isError && <ProblemCard error={comments.error} />}
      {comments.data?.length === 0 && <p className="muted small">{t(TEAM === undefined ? 'comments.none' : 'comments.none-team')}</p>}
      <ul className="comment-list">
        {open.map((comment) => (
          <OneComment key={comment.id} comment={comment} label={labelOf(comment.share_id)} />
        ))}
      </ul>
      {settled.length > 0 && (
        <details>
          <summary className="small">{tn('comments.settled', settled.length)}</summary>
          <ul className="comment-list">
            {settled.map((comment) => (
              <OneComment key={comment.id} comment={comment} label={labelOf(comment.share_id)} />
            ))}
          </ul>
        </details>
      )}
      {may.comment && <Write resumeId={resumeId} links={answerable} />}
    </details>
  );
}

function OneComment({ comment, label }: { comment: Comment; label: string | undefined }) {
  const { id, resume_id: resumeId, mine, author, body, resolved, created_at: when } = comment;
  const settle = useSettleComment(resumeId);
  const remove = useDeleteComment(resumeId);
  const say = useToast();
  const name = mine ? t('comments.you') : author || t('comments.nameless');
  const may = useMay();
  const told = { onError: (error: Error) => say(error.message) };
  return (
    <li className={resolved ? 'settled' : ''}>
      <p className="small">
        <strong>{name}</strong> <span className="muted">{[sayWhen(when), label ? t('comments.on', { label }) : null].filter(Boolean).join(' · ')}</span>
      </p>
      <p className="comment-body">{body}</p>
      <div className="row tight" hidden={!may.edit}>
        <Button slim look="quiet" onClick={() => settle.mutate({ id, resolved: !resolved }, told)}>
          {resolved ? <RotateCcw size={13} aria-hidden /> : <Check size={13} aria-hidden />} {resolved ? t('comments.reopen') : t('comments.settle')}
          <span className="hidden-visually">: {body}</span>
        </Button>
        <DeleteButton label={`${t('comments.delete')}: ${body}`} busy={remove.isPending} onDelete={() => remove.mutate(id, told)} />
      </div>
    </li>
  );
}

function Write({ resumeId, links }: { resumeId: string; links: { id: string; label: string }[] }) {
  const write = useWriteComment(resumeId);
  const id = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const text = submitted(event);
    const form = event.currentTarget;
    const body = text('body').trim();
    if (body) write.mutate({ body, share_id: text('link') || null }, { onSuccess: () => form.reset() });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <label htmlFor={`${id}-body`} className="labelled">
        <span className="small muted">{links.length > 0 ? t('comments.write-or-answer') : t(TEAM === undefined ? 'comments.write' : 'comments.write-team')}</span>
        <textarea id={`${id}-body`} name="body" className="textarea" rows={3} required maxLength={LONGEST} />
      </label>
      {links.length > 0 && (
        <label htmlFor={`${id}-link`} className="labelled">
          <span className="small muted">{t('comments.who')}</span>
          <select id={`${id}-link`} name="link" className="select">
            <option value="">{t(TEAM === undefined ? 'comments.only-you' : 'comments.team')}</option>
            {links.map((link) => (
              <option key={link.id} value={link.id}>
                {t('comments.visitors', { label: link.label || t('share.none') })}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="row">
        <Button type="submit" disabled={write.isPending}>
          {t('comments.add')}
        </Button>
      </div>
      {write.isError && <ProblemCard error={write.error} />}
    </form>
  );
}
