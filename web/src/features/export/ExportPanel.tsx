// The very pages that will be exported, the choice of template, and the downloads.
import './export.css';
import '../../ui/pages.css';
import { Copy, Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDeferredValue, useState } from 'react';
import { save } from '../../api/files';
import { useTemplates } from '../../api/queries';
import { Button, Loading, ProblemCard } from '../../ui/basics';
import { useToast } from '../../ui/Toasts';
import { Gallery } from './Gallery';
import { Receipt } from './Receipt';
import type { Exported } from './queries';
import { usePreview } from './queries';
import type { Look, StyleChanges } from './style';
import { readLook, styleJson, writeLook } from './style';
import { StylePanel } from './StylePanel';
import { t } from '../../lib/i18n';
import { pageImage } from '../../lib/pages';
import { inTeam } from '../../lib/team';

/** Every format of the server by its name in the API. */
const FORMATS = ['pdf', 'docx', 'odt', 'html', 'md', 'txt', 'json'] as const;

const NO_CHANGES: StyleChanges = {};

type ExportPanelProps = {
  of: Exported;
  id: string;
  resumeId: string;
  revision?: string;
  /** What else can be done with the document in this look. */
  renderMore?: (look: { template: string; style?: string }) => ReactNode;
};

export function ExportPanel({ of, id, resumeId, revision = '', renderMore }: ExportPanelProps) {
  const templates = useTemplates();
  const [look, setLook] = useState(() => readLook(id));
  const [made, setMade] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [kind, setKind] = useState<'pages' | 'text'>('pages');
  const about = templates.data?.find(({ name }) => name === look?.template) ?? templates.data?.find((one) => one.default) ?? templates.data?.[0];
  const template = about?.name ?? '';
  const changes = look?.template === template ? look.changes : NO_CHANGES;
  const style = styleJson(changes);
  const preview = usePreview(of, id, template, revision, useDeferredValue(style));
  const choose = (next: Look) => {
    setLook(next);
    writeLook(id, next);
  };

  const download = async (address: string, format: string) => {
    setFailure(null);
    setMade(null);
    try {
      setMade(await save(address, `resume.${format}`));
    } catch (error) {
      setFailure(error);
    }
  };

  return (
    <div className="export">
      <aside className="stack export-side">
        {templates.data && <Gallery of={of} id={id} revision={revision} templates={templates.data} chosen={template} onChoose={(name) => choose({ template: name, changes: {} })} />}
        {about && (
          <details className="card style-box">
            <summary>{t('style.title')}</summary>
            <StylePanel
              template={about}
              changes={changes}
              onChange={(next) => choose({ template, changes: next })}
              onKept={(name) => choose({ template: name, changes: {} })}
            />
          </details>
        )}
        <div className="stack downloads">
          <h2>{t('export.download')}</h2>
          {FORMATS.map((format) => {
            const address = inTeam(`/api/v1/${of}/${id}/export?format=${format}&template=${encodeURIComponent(template)}${style === undefined ? '' : `&style=${encodeURIComponent(style)}`}`);
            return (
              <a
                key={format}
                className={`button ${format === 'pdf' ? 'primary' : ''}`}
                href={address}
                download
                onClick={(event) => {
                  event.preventDefault();
                  void download(address, format);
                }}
              >
                <Download size={15} aria-hidden />
                <strong>{t(`export.${format}`)}</strong>
                <span className="small use">{t(`export.${format}.use`)}</span>
              </a>
            );
          })}
        </div>
        <div role="status">{made !== null && <Receipt resumeId={resumeId} exportId={made} />}</div>
        {failure !== null && <ProblemCard error={failure} />}
        {template !== '' && renderMore?.({ template, style })}
      </aside>
      <section className="pages" aria-label={t('export.preview')} aria-busy={preview.isFetching}>
        <div className="segments preview-kind" role="group" aria-label={t('export.show')}>
          {(['pages', 'text'] as const).map((one) => (
            <Button key={one} slim aria-pressed={kind === one} onClick={() => setKind(one)}>
              {t(`export.show.${one}`)}
            </Button>
          ))}
        </div>
        {(preview.isPending || templates.isPending) && !preview.isError && <Loading what={t('export.the-preview')} />}
        {preview.isError && (
          <ProblemCard error={preview.error}>
            <Button onClick={() => void preview.refetch()}>{t('again')}</Button>
          </ProblemCard>
        )}
        {preview.data && kind === 'text' && <PlainText text={preview.data.text} />}
        {kind === 'pages' && preview.data?.pages.map((svg, index) => (
          <img key={index} className="sheet" src={pageImage(svg)} alt={t('export.page', { n: index + 1, all: preview.data.pages.length })} />
        ))}
      </section>
    </div>
  );
}

/** What the text file holds: what goes into the boxes of online forms. */
function PlainText({ text }: { text: string }) {
  const say = useToast();
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => say(t('export.text.copied')),
      () => say(t('copy.failed')),
    );
  return (
    <figure className="text-sheet card">
      <figcaption className="row spread wrap">
        <span className="small muted">{t('export.text.why')}</span>
        <Button slim onClick={copy}>
          <Copy size={14} aria-hidden /> {t('copy')}
        </Button>
      </figcaption>
      {/* A long line can be scrolled to by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0}>{text}</pre>
    </figure>
  );
}
