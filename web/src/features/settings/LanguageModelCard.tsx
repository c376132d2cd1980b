// The language model that may word suggestions and letters: off until it is switched on here, tried, switched off. Its key
// is never shown again.
import { Sparkles } from 'lucide-react';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { useLanguageModel, useMay } from '../../api/queries';
import { submitted } from '../../lib/forms';
import { num, t } from '../../lib/i18n';
import { Button, Chip, Loading, ProblemCard } from '../../ui/basics';
import { Dialog } from '../../ui/Dialog';
import { Input } from '../../ui/Input';
import { useToast } from '../../ui/Toasts';
import { useDropModel, useKeepModel, useTryModel } from './queries';

type Shown = Schemas['LanguageModelShown'];
type Chosen = NonNullable<Shown['chosen']>;

export function LanguageModelCard() {
  const model = useLanguageModel();
  const attempt = useTryModel();
  const [setting, setSetting] = useState(false);
  const may = useMay();
  if (!may.edit) return null;
  const { chosen, own_allowed = false, shared } = model.data ?? {};
  const none = model.isSuccess && !chosen && !own_allowed && !shared;
  return (
    <section className="card stack" id="language-model" aria-labelledby="settings-model">
      <div className="setting">
        <span>
          <h2 id="settings-model">{t('model.title')}</h2>
          <span className="muted small">{t(none ? 'model.not-here' : chosen ? 'model.on' : 'model.off')}</span>
        </span>
        {may.own && model.isSuccess && !none && !chosen && (
          <Button onClick={() => setSetting(true)}>
            <Sparkles size={15} aria-hidden /> {t('model.switch-on')}
          </Button>
        )}
      </div>
      {model.isPending && <Loading what={t('model.title')} />}
      {model.isError && <ProblemCard error={model.error} />}
      {chosen && <On chosen={chosen} own={may.own} attempt={attempt} onChange={() => setSetting(true)} />}
      {setting && model.data && (
        <ModelDialog
          shown={model.data}
          onClose={() => setSetting(false)}
          onKept={() => {
            setSetting(false);
            attempt.mutate();
          }}
        />
      )}
    </section>
  );
}

function On({ chosen, own, attempt, onChange }: { chosen: Chosen; own: boolean; attempt: ReturnType<typeof useTryModel>; onChange: () => void }) {
  const drop = useDropModel();
  const say = useToast();
  const facts = [chosen.address, chosen.use === 'shared' ? t('model.by-server') : t(chosen.has_key ? 'model.with-key' : 'model.without-key')];
  return (
    <>
      <div className="setting">
        <span>
          <strong>{chosen.name}</strong>
          <span className="muted small">{facts.join(' · ')}</span>
        </span>
        {own && (
          <span className="row wrap model-actions">
            <Button slim disabled={attempt.isPending || !!chosen.fault} onClick={() => attempt.mutate()}>
              {t(attempt.isPending ? 'model.trying' : 'model.try')}
            </Button>
            <Button slim onClick={onChange}>
              {t('model.change')}
            </Button>
            <Button
              slim
              disabled={drop.isPending}
              onClick={() =>
                drop.mutate(undefined, {
                  onSuccess: () => {
                    attempt.reset();
                    say(t('model.is-off'));
                  },
                  onError: (error) => say(error.message),
                })
              }
            >
              {t('model.switch-off')}
            </Button>
          </span>
        )}
      </div>
      {chosen.fault && <p className="notice warn small">{chosen.fault}</p>}
      <div role="status">{attempt.data && !attempt.isPending && <Trial trial={attempt.data} />}</div>
      {attempt.isError && <ProblemCard error={attempt.error} />}
    </>
  );
}

/** What came of trying it, and for a failure what it means. */
function Trial({ trial: { failure, status, milliseconds, text } }: { trial: Schemas['ModelTrial'] }) {
  if (failure) return <p className="notice warn small">{failure === 'status' && status ? sayStatus(status) : t(`model.failed.${failure}`)}</p>;
  return (
    <div className="notice small stack">
      <p>
        <Chip tone="good">{t('model.works', { seconds: num(Math.max(milliseconds / 1000, 0.1), 1) })}</Chip>
      </p>
      {text && (
        <p>
          {t('model.said')} <q>{text}</q>
        </p>
      )}
    </div>
  );
}

function sayStatus(status: number): string {
  if (status === 401 || status === 403) return t('model.status.401', { status });
  if (status === 404 || status === 429) return t(`model.status.${status}`, { status });
  return t('model.status', { status });
}

function ModelDialog({ shown, onClose, onKept }: { shown: Shown; onClose: () => void; onKept: () => void }) {
  const keep = useKeepModel();
  const { chosen, shared } = shown;
  const [whose, setWhose] = useState<'own' | 'shared'>(chosen?.use ?? (shared ? 'shared' : 'own'));
  const own = chosen?.use === 'own' ? chosen : null;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    const text = submitted(event);
    const key = text('key').trim();
    const body = whose === 'shared' ? { use: whose } : { use: whose, address: text('address').trim(), name: text('name').trim(), ...(key === '' ? {} : { key }) };
    keep.mutate(body, { onSuccess: onKept });
  };
  return (
    <Dialog title={t('model.title')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        {shared && shown.own_allowed && (
          <fieldset className="choices">
            <legend className="small muted">{t('model.which')}</legend>
            {(['shared', 'own'] as const).map((one) => (
              <label key={one} className="row">
                <input type="radio" name="use" value={one} checked={whose === one} onChange={() => setWhose(one)} />
                {one === 'shared' ? t('model.shared', shared) : t('model.own')}
              </label>
            ))}
          </fieldset>
        )}
        {whose === 'shared' && shared && !shown.own_allowed && <p>{t('model.shared', shared)}</p>}
        {whose === 'own' && (
          <>
            <Input name="address" label={t('model.address')} type="url" maxLength={400} placeholder={t('model.address.example')} defaultValue={own?.address ?? ''} autoComplete="off" />
            <p className="small muted">{t(shown.private_allowed ? 'model.address.private' : 'model.address.public')}</p>
            <Input name="name" label={t('model.name')} maxLength={400} placeholder={t('model.name.example')} defaultValue={own?.name ?? ''} autoComplete="off" />
            <Input name="key" label={t(own?.has_key ? 'model.key.kept' : 'model.key')} type="password" maxLength={400} required={false} autoComplete="off" />
          </>
        )}
        <p className="small muted">{t('model.sent')}</p>
        <Button type="submit" look="primary" disabled={keep.isPending}>
          {t('model.save')}
        </Button>
        {keep.isError && <ProblemCard error={keep.error} />}
      </form>
    </Dialog>
  );
}
