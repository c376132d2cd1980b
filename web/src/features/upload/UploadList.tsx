// Many files at once: how far each is, what was found in it so far, and the way to it.
import { CircleAlert, CircleCheck, LoaderCircle, X } from 'lucide-react';
import { Link } from 'react-router';
import { problemOf } from '../../api/client';
import { useResumes } from '../../api/queries';
import { t } from '../../lib/i18n';
import { sayFound, sayStep } from '../../lib/progress';
import { useAllProgress } from '../../lib/useProgress';
import { asSentence } from '../../lib/words';
import { Button, Meter } from '../../ui/basics';
import type { Sent } from './useUploads';

export function UploadList({ files, onClose }: { files: Sent[]; onClose: () => void }) {
  const readings = useReadings();
  const done = files.filter((file) => file.state === 'failed' || (file.state === 'sent' && readings(file.id).over)).length;
  return (
    <section className="card stack uploads" aria-labelledby="uploads">
      <div className="row spread">
        <h2 id="uploads">{t('start.files-sent')}</h2>
        <div className="row">
          <span className="muted small tabular" role="status">
            {t('start.files-done', { done, n: files.length })}
          </span>
          <Button look="quiet" slim aria-label={t('start.close-files')} onClick={onClose}>
            <X size={16} aria-hidden />
          </Button>
        </div>
      </div>
      <ul>
        {files.map((file) => (
          <Row key={file.key} file={file} reading={file.state === 'sent' ? readings(file.id) : null} />
        ))}
      </ul>
    </section>
  );
}

/** How far the reading of each file is; what ended while nobody listened stands in the list of résumés. */
function useReadings() {
  const progress = useAllProgress();
  const { data: resumes = [] } = useResumes();
  return (id: string) => {
    const known = progress[id];
    const status = resumes.find((resume) => resume.id === id)?.status;
    const failed = known?.step === 'failed' || status === 'failed';
    const ready = known ? known.step === 'ready' : status === 'ready';
    return { progress: known, failed, ready, over: failed || ready };
  };
}

type Reading = ReturnType<ReturnType<typeof useReadings>>;

const SENT_SHARE = { waiting: 0, sending: 0.05, sent: 0.1, failed: 0 } as const;

function Row({ file, reading }: { file: Sent; reading: Reading | null }) {
  const progress = reading?.progress;
  const ready = reading?.ready ?? false;
  const failed = file.state === 'failed' ? problemOf(file.error).detail : reading?.failed ? (progress?.detail ?? t('start.unreadable')) : null;
  const share = progress?.share ?? SENT_SHARE[file.state];
  const step = file.state === 'waiting' ? t('start.waiting') : file.state === 'sending' ? t('start.being-sent') : sayStep(ready ? 'ready' : (progress?.step ?? 'stored'), progress?.detail);
  const found = progress?.found ? sayFound(progress.found) : [];
  return (
    <li className={failed === null ? '' : 'bad'}>
      {failed !== null ? <CircleAlert size={18} aria-hidden /> : ready ? <CircleCheck size={18} aria-hidden className="upload-ready" /> : <LoaderCircle size={18} aria-hidden className="upload-busy" />}
      <span className="upload-name">{file.state === 'sent' && failed === null ? <Link to={`/resumes/${file.id}`}>{file.name}</Link> : file.name}</span>
      <span className="small upload-step">{failed !== null ? asSentence(failed) : [step, ...found].join(' · ')}</span>
      {failed === null && !ready && <Meter value={share} label={t('start.reading', { name: file.name })} />}
    </li>
  );
}
