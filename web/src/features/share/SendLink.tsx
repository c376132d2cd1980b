// A link that was just made, sent by e-mail with what the person chooses to say of the résumé.
import type { SubmitEvent } from 'react';
import { useId } from 'react';
import { useMutation } from '@tanstack/react-query';
import type { Schemas } from '../../api/client';
import { api, unwrap } from '../../api/client';
import { useCanSend } from '../../api/queries';
import { t } from '../../lib/i18n';
import { Button, ProblemCard } from '../../ui/basics';
import { Input } from '../../ui/Input';

const FACTS = ['name', 'title', 'job', 'until'] as const;

type SendLinkProps = { share: Schemas['Share']; path: string };

/** Nothing where the server sends no e-mail, or the person has not proved an address. */
export function SendLink({ share, path }: SendLinkProps) {
  const canSend = useCanSend();
  const id = useId();
  const send = useMutation({ mutationFn: (body: Schemas['ShareMail']) => unwrap(api.POST('/api/v1/shares/{id}/mail', { params: { path: { id: share.id } }, body })) });
  if (!canSend) return null;
  const facts = FACTS.filter((fact) => (fact !== 'job' || share.tailoring_id) && (fact !== 'until' || share.expires_at));
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    send.mutate({ path, to: text('to').trim(), note: text('note'), reply: text('reply') !== '', include: facts.filter((fact) => text(fact) !== '') });
  };
  if (send.isSuccess) return <p role="status">{t('share.mail.done')}</p>;
  return (
    <form className="stack" onSubmit={submit} aria-label={t('share.mail')}>
      <Input name="to" type="email" label={t('share.mail.to')} autoComplete="off" />
      <fieldset className="share-facts">
        <legend className="small muted">{t('share.mail.says')}</legend>
        {facts.map((fact) => (
          <label key={fact} className="row small">
            <input type="checkbox" name={fact} defaultChecked /> {t(`share.mail.${fact}`)}
          </label>
        ))}
      </fieldset>
      <label htmlFor={`${id}-note`}>
        <span className="small muted">{t('share.mail.note')}</span>
        <textarea id={`${id}-note`} name="note" className="input" rows={3} maxLength={2000} />
      </label>
      <label className="row small">
        <input type="checkbox" name="reply" /> {t('share.mail.reply')}
      </label>
      <Button type="submit" disabled={send.isPending}>
        {t('share.mail.do')}
      </Button>
      {send.isError && <ProblemCard error={send.error} />}
    </form>
  );
}
