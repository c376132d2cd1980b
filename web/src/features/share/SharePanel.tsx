// Links to a page that others read without an account: made with the look of the moment, listed, taken back.
import './share.css';
import { Link2 } from 'lucide-react';
import type { SubmitEvent } from 'react';
import { useId, useState } from 'react';
import type { Schemas } from '../../api/client';
import { useShares } from '../../api/queries';
import { submitted } from '../../lib/forms';
import { t } from '../../lib/i18n';
import { Button, ProblemCard } from '../../ui/basics';
import { Locked } from '../../ui/ReadOnly';
import { EndOptions } from '../../ui/EndOptions';
import { CopyField } from '../../ui/CopyField';
import { useMakeShare } from './queries';
import { SendLink } from './SendLink';
import { ShareList } from './ShareList';

type NewLink = Schemas['NewLink'];

/** Days after which a link ends; 0 is never. */
const ENDS = [7, 30, 90, 0] as const;

type SharePanelProps = {
  resumeId: string;
  /** The tailoring to show; without it, the résumé as it is. */
  tailoringId?: string;
  template: string;
  /** JSON of the changed members of its style. */
  style?: string;
};

export function SharePanel({ resumeId, tailoringId, template, style }: SharePanelProps) {
  const shares = useShares();
  const make = useMakeShare(resumeId);
  const [made, setMade] = useState<NewLink | null>(null);
  const id = useId();

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const text = submitted(event);
    const days = Number(text('days'));
    make.mutate(
      {
        tailoring_id: tailoringId ?? null,
        template,
        style: style === undefined ? null : (JSON.parse(style) as Record<string, never>),
        label: text('label').trim(),
        password: text('password') || null,
        expires_at: days > 0 ? new Date(Date.now() + days * 86_400_000).toISOString() : null,
        role: text('comments') ? 'commenter' : 'viewer',
        download: text('downloads') !== '',
      },
      { onSuccess: setMade },
    );
  };

  return (
    <details className="card share">
      <summary>{t('share.title')}</summary>
      <p className="muted small">{t('share.why')}</p>
      <Locked>
        <form className="stack" onSubmit={submit}>
          <label htmlFor={`${id}-label`}>
            <span className="small muted">{t('share.label')}</span>
            <input id={`${id}-label`} name="label" className="input" maxLength={120} autoComplete="off" />
          </label>
          <label htmlFor={`${id}-days`}>
            <span className="small muted">{t('share.expires')}</span>
            <select id={`${id}-days`} name="days" className="input" defaultValue={30}>
              <EndOptions days={ENDS} />
            </select>
          </label>
          <label htmlFor={`${id}-password`}>
            <span className="small muted">{t('share.password')}</span>
            <input id={`${id}-password`} name="password" type="password" className="input" minLength={4} maxLength={200} autoComplete="new-password" />
          </label>
          <label className="row small">
            <input type="checkbox" name="downloads" defaultChecked /> {t('share.downloads')}
          </label>
          <label className="row small">
            <input type="checkbox" name="comments" /> {t('share.comments')}
          </label>
          <Button type="submit" disabled={make.isPending}>
            <Link2 size={15} aria-hidden /> {t('share.make')}
          </Button>
        </form>
      </Locked>
      {make.isError && <ProblemCard error={make.error} />}
      {made && <Made key={made.path} link={made} />}
      {shares.data && <ShareList shares={shares.data.filter((share) => share.resume_id === resumeId)} />}
    </details>
  );
}

/** A link that was just made, to be copied or sent. */
function Made({ link }: { link: NewLink }) {
  return (
    <div className="share-made">
      <div role="status">
        <CopyField label={t('share.link')} value={new URL(link.path, window.location.origin).href} look="primary" copied={t('share.copied')} />
        <p className="small muted">{t('share.once')}</p>
      </div>
      <SendLink share={link.share} path={link.path} />
    </div>
  );
}
