// What can be exported without the server: Markdown and plain text, shown as they will be.
import './offline.css';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../lib/i18n';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import type { PlainFormat } from './queries';
import { usePlain } from './queries';

const FORMATS = ['md', 'txt'] as const;

export default function PlainExport({ resumeId }: { resumeId: string }) {
  const [format, setFormat] = useState<PlainFormat>('md');
  const plain = usePlain(resumeId, format);
  const download = () => {
    if (!plain.data) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([plain.data.text], { type: plain.data.type }));
    link.download = plain.data.name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  return (
    <div className="card stack">
      <div className="row wrap">
        <div className="segments" role="group" aria-label={t('export.download')}>
          {FORMATS.map((one) => (
            <Button key={one} slim aria-pressed={one === format} onClick={() => setFormat(one)}>
              {t(`export.${one}`)}
            </Button>
          ))}
        </div>
        <Button look="primary" disabled={!plain.data} onClick={download}>
          <Download size={15} aria-hidden /> {t('export.download')}
        </Button>
      </div>
      <p className="muted small">{t('offline.export.why')}</p>
      {plain.isPending && <Loading what={t('export.the-preview')} />}
      {plain.isError && <ProblemCard error={plain.error} />}
      {plain.data && (
        // Scrolls, so it must be reachable by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className="plain-text" tabIndex={0} aria-label={t('export.preview')}>
          {plain.data.text}
        </pre>
      )}
    </div>
  );
}
